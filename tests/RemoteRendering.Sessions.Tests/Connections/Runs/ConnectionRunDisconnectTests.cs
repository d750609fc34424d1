using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunDisconnectTests
{
    [Fact]
    public async Task Disconnect_TellsTheHostAndFailsWhatWaits()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        harness.Host.IsMute = false;

        harness.Run.Fire(ConnectionTrigger.DisconnectRequested);
        Assert.Equal(ConnectionStatus.Disconnected, harness.Status);
        await ConnectionHarness.Within(harness.Run.Over);

        Assert.Equal([(1L, 1L, "echo"), (1L, 2L, "unbind")], harness.Host.Runs);
        Assert.Equal(
            RenderingConnectionReason.DisconnectRequest, (await Assert.ThrowsAsync<RenderingConnectionException>(() => waiting)).Reason);
        Assert.Equal(
            RenderingConnectionReason.NoConnection,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => harness.EchoAsync("late"))).Reason);
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await harness.EndAsync()).Reason);
    }

    [Fact]
    public async Task Disconnect_SoonAfterAResume_LeavesNoGapInTheIds()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        List<Task<string>> waiting = [.. Enumerable.Range(1, 4).Select(number => harness.EchoAsync("arrives " + number))];
        harness.Host.Link.SwallowsSent = true;
        waiting.AddRange(Enumerable.Range(5, 6).Select(number => harness.EchoAsync("is lost " + number)));
        var gate = new TaskCompletionSource();
        harness.Host.OnBound = link => link.SendGate = gate;
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        harness.Run.Fire(ConnectionTrigger.ReconnectRequested);
        await harness.WaitForAsync(ConnectionStatus.Connected);
        await ConnectionHarness.UntilAsync(() => harness.Host.Link.IsSending);
        harness.Host.IsMute = false;

        Task disconnecting = harness.Run.DisconnectAsync(default);
        gate.SetResult();
        await ConnectionHarness.Within(disconnecting);

        Assert.Equal((1L, 5L, "unbind"), harness.Host.Runs[^1]);
        Assert.Equal(1000, harness.Host.Link.CloseCode);
        foreach (Task<string> request in waiting)
        {
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(request));
        }
    }

    [Fact]
    public async Task Disconnect_HostSilent_GivesUpAfterTheTimeout()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.SwallowsSent = true;

        harness.Run.Fire(ConnectionTrigger.DisconnectRequested);
        await ConnectionHarness.Within(harness.Time.WaitForTimersAsync(2));
        Assert.False(harness.Run.Over.IsCompleted);
        await harness.Time.PassAsync(TimeSpan.FromSeconds(2));

        await ConnectionHarness.Within(harness.Run.Over);
    }

    [Fact]
    public async Task ReconnectNow_InBackoff_TriesAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.SayClose(1000);
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        Assert.True(harness.Run.Fire(ConnectionTrigger.ReconnectRequested));
        await harness.WaitForAsync(ConnectionStatus.Connected);

        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    public async Task ReconnectNow_WhileConnected_MakesANewLinkAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        Assert.True(harness.Run.Fire(ConnectionTrigger.ReconnectRequested));
        await harness.WaitForAsync(ConnectionStatus.Connected);
        await ConnectionHarness.Within(harness.EchoAsync("x"));

        Assert.Equal(2, harness.Host.Attempts);
        Assert.Equal(2, harness.Run.Answer!.Link);
        Assert.True(harness.Host.Links[0].IsAborted);
    }
}
