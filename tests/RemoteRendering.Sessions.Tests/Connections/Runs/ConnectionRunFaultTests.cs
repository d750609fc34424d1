using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

/// <summary>What the code of others throws in the middle of an end does not keep the connection from ending.</summary>
public sealed class ConnectionRunFaultTests
{
    [Fact]
    public async Task Cancel_ACallbackOfTheTransportThrows_ConnectIsCancelledAllTheSame()
    {
        await using var harness = new ConnectionHarness();
        harness.Allow("OtherCallbackFailed");
        Task connecting = HangWithAThrowingCallback(harness);
        Task established = harness.Begin();
        await ConnectionHarness.Within(connecting);

        harness.Run.Fire(ConnectionTrigger.ConnectCancelled);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established));
        Assert.Equal(RenderingConnectionReason.Cancelled, error.Reason);
        await ConnectionHarness.Within(harness.Run.FinishAsync());
    }

    [Fact]
    public async Task Disconnect_ACallbackOfTheTransportThrowsWhileReconnecting_TheConnectionEndsAndWithItWhatWaits()
    {
        await using var harness = new ConnectionHarness();
        harness.Allow("OtherCallbackFailed");
        await harness.ConnectAsync();
        Task connecting = HangWithAThrowingCallback(harness);
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        harness.Run.Fire(ConnectionTrigger.ReconnectRequested);
        await ConnectionHarness.Within(connecting);
        Task<string> waiting = harness.EchoAsync("waiting");

        await ConnectionHarness.Within(harness.Run.DisconnectAsync(default));

        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await harness.EndAsync()).Reason);
        await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(waiting));
        await ConnectionHarness.Within(harness.Run.FinishAsync());
    }

    [Fact]
    public async Task Connect_TheCallerHasSuppressedTheFlowOfItsContext_Connects()
    {
        await using var harness = new ConnectionHarness();
        Task established;
        using (ExecutionContext.SuppressFlow())
        {
            established = harness.Begin();
        }

        await ConnectionHarness.Within(established);
    }

    /// <summary>The next attempt hangs, and what it has registered at its token throws.</summary>
    private static Task HangWithAThrowingCallback(ConnectionHarness harness)
    {
        var begun = new TaskCompletionSource();
        harness.Host.DoNext((_, token) =>
        {
            token.Register(static () => throw new InvalidTimeZoneException("A bug of a transport."));
            begun.SetResult();
            return new TaskCompletionSource<RenderingTransportLink>().Task.WaitAsync(token);
        });
        return begun.Task;
    }
}
