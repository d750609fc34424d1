using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoke_Echo_AnswersWithItsParameters()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        Assert.Equal("grüß dich", await ConnectionHarness.Within(harness.EchoAsync("grüß dich")));
        string[] many =
            await ConnectionHarness.Within(Task.WhenAll(Enumerable.Range(0, 500).Select(number => harness.EchoAsync("n" + number))));

        Assert.Equal(Enumerable.Range(0, 500).Select(number => "n" + number), many);
        Assert.Equal(Enumerable.Range(1, 501).Select(id => (1L, (long)id, "echo")), harness.Host.Runs);
    }

    [Fact]
    public async Task Invoke_UnknownMethod_ThrowsTheHostsError()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        RenderingRequestException error = await Assert.ThrowsAsync<RenderingRequestException>(
            () => ConnectionHarness.Within(harness.Run.InvokeAsync<object?, bool>("fly", null, null, static (ref _) => true, Token)));

        Assert.Equal(-32601, error.Code);
        Assert.Equal("MethodNotFound", error.Reason);
        Assert.Equal(ConnectionStatus.Connected, harness.Status);
    }

    [Fact]
    [Trait("Museum", "M21")]
    public async Task LinkCut_HostAlive_ResumesWithSceneAndRunsEachRequestOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await ConnectionHarness.Within(harness.EchoAsync("before"));
        harness.Host.IsMute = true;
        Task<string> first = harness.EchoAsync("first");
        Task<string> second = harness.EchoAsync("second");
        harness.Host.IsMute = false;
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Task<string> third = harness.EchoAsync("third");

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));

        Assert.Equal(["first", "second", "third"], await ConnectionHarness.Within(Task.WhenAll(first, second, third)));
        Assert.Equal([(1L, 1L, "echo"), (1, 2, "echo"), (1, 3, "echo"), (1, 4, "echo")], harness.Host.Runs);
        Assert.True(harness.LastChange.SceneKept);
        Assert.Equal(RenderingConnectionReason.Success, harness.LastChange.Reason);
        Assert.Equal(1, harness.Host.Binds[1].GetProperty("epoch").GetInt64());
        Assert.Equal(1, harness.Host.Binds[1].GetProperty("answered").GetInt64());
    }

    [Fact]
    public async Task StaleEpoch_AnswersARequest_ItWaitsForTheNextLink()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        harness.Host.IsMute = false;
        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-32011,"message":"A newer link has this """
                + """session.","data":{"reason":"StaleEpoch"}}}""");
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Assert.False(waiting.IsCompleted);

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));

        Assert.Equal("waiting", await ConnectionHarness.Within(waiting));
    }

    [Fact]
    public async Task LinkCut_HostCrashed_SaysThatTheSceneIsLostAndFailsWhatWaited()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        harness.Host.IsMute = false;
        harness.Host.Crash();
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));

        Assert.Equal(RenderingConnectionReason.SceneLost, harness.LastChange.Reason);
        Assert.False(harness.LastChange.SceneKept);
        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(waiting));
        Assert.Equal(RenderingConnectionReason.SceneLost, error.Reason);
        Assert.Equal("again", await ConnectionHarness.Within(harness.EchoAsync("again")));
        Assert.Equal((2L, 1L, "echo"), harness.Host.Runs[^1]);
    }
}
