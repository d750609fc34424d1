using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>
/// Cancelling, at every place where a connection can be, returns at once and leaves nothing behind: the harness demands that no timer and
/// no link is left.
/// </summary>
public sealed class CancellationTests
{
    [Fact]
    public async Task Connect_TokenServiceHangs_EndsAtOnce()
    {
        await using var harness = new ConnectionHarness();
        bool asked = false;
        harness.Environment.Token = _ =>
        {
            asked = true;
            return new ValueTask<string>(new TaskCompletionSource<string>().Task);
        };
        await CancelAsync(harness, () => asked);
    }

    [Fact]
    public async Task Connect_TransportIgnoresItsToken_EndsAtOnceAndTheLateLinkIsAborted()
    {
        await using var harness = new ConnectionHarness();
        var late = new TaskCompletionSource<RenderingTransportLink>();
        harness.Host.DoNext((_, _) => late.Task);
        await CancelAsync(harness, () => harness.Host.Attempts == 1);

        late.SetResult(harness.Host.MakeLink());
        await ConnectionHarness.Within(harness.Run.FinishAsync());

        Assert.True(harness.Host.Link.IsAborted);
    }

    [Fact]
    public async Task Connect_HostDoesNotAnswerBind_EndsAtOnce()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.IsDeafToBind = true;
        await CancelAsync(harness, () => harness.Host.Binds.Count == 1);
        Assert.True(harness.Host.Link.IsAborted);
    }

    [Fact]
    public async Task Connect_SendOfBindHangs_EndsAtOnce()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.DoNext((_, _) =>
        {
            FakeLink link = harness.Host.MakeLink();
            link.SendGate = new TaskCompletionSource();
            return Task.FromResult<RenderingTransportLink>(link);
        });
        await CancelAsync(harness, () => harness.Host.Links.Count == 1 && harness.Host.Link.IsSending);
    }

    [Fact]
    public async Task Stop_WhileADisconnectWaitsForTheHost_EndsAtOnceThoughTheSessionIsStopped()
    {
        var host = new FakeHost();
        var service = new ScriptedService { Time = new VirtualTimeProvider(), Otherwise = static _ => ScriptedSession.Ready() };
        await using RenderingSession session = await ScriptedSession.OpenAsync(host, service);
        await ConnectionHarness.Within(session.ConnectAsync());
        host.Link.SwallowsSent = true;
        Task disconnecting = session.DisconnectAsync();
        service.Otherwise = static _ => ScriptedService.Answer(204);
        using var source = new CancellationTokenSource();
        Task stopping = session.StopAsync(source.Token);
        await ConnectionHarness.UntilAsync(() => session.Status == RenderingSessionStatus.Stopped);

        source.Cancel();

        try
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(stopping));
            Assert.False(disconnecting.IsCompleted);
        }
        finally
        {
            host.Link.SayClose(1000);
        }

        await ConnectionHarness.Within(disconnecting);
    }

    [Fact]
    public async Task Connect_InBackoff_EndsAtOnce()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.RefuseNext(1503, "TooManyRequests", retryAfterMs: 60_000);
        Task established = harness.Begin();
        await harness.WaitForBackoffAsync();

        Cancel(harness, established);

        await ConnectionHarness.Within(harness.Run.Over);
    }

    [Fact]
    public async Task Connect_AfterItIsConnected_HasNoEffect()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        Assert.False(harness.Run.Fire(ConnectionTrigger.ConnectCancelled));

        Assert.Equal(ConnectionStatus.Connected, harness.Status);
    }

    [Fact]
    public async Task Disconnect_InBackoff_EndsAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.FailNext(new IOException("No network."));
        harness.Host.Link.Cut();
        await harness.WaitForBackoffAsync();

        harness.Run.Fire(ConnectionTrigger.DisconnectRequested);

        await ConnectionHarness.Within(harness.Run.Over);
        Assert.Equal(ConnectionStatus.Disconnected, harness.Status);
    }

    [Fact]
    public async Task Disconnect_WhileReconnectHangs_EndsAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        var late = new TaskCompletionSource<RenderingTransportLink>();
        harness.Host.DoNext((_, _) => late.Task);
        harness.Host.Link.SayClose(4401);
        await ConnectionHarness.UntilAsync(() => harness.Host.Attempts == 2);

        harness.Run.Fire(ConnectionTrigger.DisconnectRequested);
        await ConnectionHarness.Within(harness.Run.Over);

        late.SetException(new IOException("Too late."));
    }

    [Fact]
    public async Task Disconnect_Cancelled_CutsTheWire()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.SwallowsSent = true;
        using var cancellation = new CancellationTokenSource();
        Task disconnecting = harness.Run.DisconnectAsync(cancellation.Token);
        Assert.Equal(ConnectionStatus.Disconnected, harness.Status);
        Assert.False(disconnecting.IsCompleted);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(disconnecting));

        await ConnectionHarness.Within(harness.Run.FinishAsync());
        Assert.True(harness.Host.Link.IsAborted);
    }

    [Fact]
    public async Task Request_NotSentYet_IsNeverSent()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        using var cancellation = new CancellationTokenSource();
        Task<string> given = harness.EchoAsync("given up", cancellation.Token);
        Task<string> kept = harness.EchoAsync("kept");

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(given));
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(1));

        Assert.Equal("kept", await ConnectionHarness.Within(kept));
        Assert.Equal((1L, 1L, "echo"), Assert.Single(harness.Host.Runs));
    }

    [Fact]
    public async Task Request_SentAlready_IsCancelledAtTheHost()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        using var cancellation = new CancellationTokenSource();
        Task<string> given = harness.EchoAsync("given up", cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(given));
        Assert.Equal("""{"jsonrpc":"2.0","method":"cancel","params":{"id":1}}""", Assert.Single(harness.Host.Cancels));

        harness.Host.Link.Say("""{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"Cancelled."}}""");
        harness.Host.IsMute = false;
        Assert.Equal("next", await ConnectionHarness.Within(harness.EchoAsync("next")));
    }

    [Fact]
    public async Task Request_CancelledDuringADrop_IsCancelledAgainAfterItIsSentAgain()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        using var cancellation = new CancellationTokenSource();
        Task<string> given = harness.EchoAsync("given up", cancellation.Token);
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(given));
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(1));
        await ConnectionHarness.UntilAsync(() => harness.Host.Cancels.Count > 0);
        await ConnectionHarness.SettleAsync();

        Assert.Single(harness.Host.Cancels);
    }

    [Fact]
    public async Task Request_TokenCancelledBefore_SendsNothing()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.EchoAsync("x", new CancellationToken(canceled: true)));

        Assert.Empty(harness.Host.Runs);
    }

    private static async Task CancelAsync(ConnectionHarness harness, Func<bool> isThere)
    {
        Task established = harness.Begin();
        await ConnectionHarness.UntilAsync(isThere);
        Cancel(harness, established);
        await ConnectionHarness.Within(harness.Run.Over);
        Assert.Equal(RenderingConnectionReason.Cancelled, (await harness.EndAsync()).Reason);
    }

    private static void Cancel(ConnectionHarness harness, Task established)
    {
        Assert.True(harness.Run.Fire(ConnectionTrigger.ConnectCancelled));
        Assert.True(established.IsFaulted);
        Assert.Equal(ConnectionStatus.Disconnected, harness.Status);
    }
}
