using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

/// <summary>A host that is there and answers nothing does not keep a request for ever.</summary>
public sealed class RequestTimeoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    [Trait("BadDay", "host is there and answers nothing")]
    public async Task Default_IsFiveMinutes_AndAtMostAKeepAliveMore()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> echo = harness.EchoAsync("heard?");

        await LiveAsync(harness, TimeSpan.FromMinutes(5) - Second);
        Assert.False(echo.IsCompleted);
        await LiveAsync(harness, TimeSpan.FromSeconds(6));

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(echo));
        Assert.Equal(
            (RenderingConnectionReason.Timeout, "The host did not answer the request within 00:05:00."), (error.Reason, error.Message));
        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        await ConnectionHarness.UntilAsync(() => harness.Host.Cancels.Count == 1);
    }

    [Fact]
    public async Task OptionOfASecond_IsHeld_AndTheConnectionWorksOn()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.RequestTimeout = Second;
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> first = harness.EchoAsync("first");
        await LiveAsync(harness, 2 * Second, step: 0.25 * Second);
        Assert.Equal(
            RenderingConnectionReason.Timeout,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(first))).Reason);

        harness.Host.IsMute = false;
        harness.Host.Link.Say("""{"jsonrpc":"2.0","id":1,"result":"late"}""");

        Assert.Equal("second", await ConnectionHarness.Within(harness.EchoAsync("second")));
    }

    [Fact]
    public async Task Infinite_WaitsOn()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.RequestTimeout = Timeout.InfiniteTimeSpan;
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> echo = harness.EchoAsync("heard?");

        await LiveAsync(harness, TimeSpan.FromHours(1), step: TimeSpan.FromSeconds(10));

        Assert.False(echo.IsCompleted);
        _ = Abandonable.Observe(echo);
    }

    [Fact]
    public async Task TimeWithoutALink_DoesNotCount()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.RequestTimeout = TimeSpan.FromSeconds(20);
        harness.Options.ReconnectPolicy = new FixedPolicy(TimeSpan.FromSeconds(50));
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> echo = harness.EchoAsync("heard?");
        await LiveAsync(harness, 10 * Second);

        harness.Host.Link.Cut();
        await harness.WaitForNextAttemptAsync();
        await harness.WaitForAsync(ConnectionStatus.Connected);
        await LiveAsync(harness, 9 * Second);
        Assert.False(echo.IsCompleted);
        await LiveAsync(harness, 7 * Second);

        Assert.Equal(
            RenderingConnectionReason.Timeout,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(echo))).Reason);
    }

    [Fact]
    public async Task Progress_BuysTheWholeTimeAgain()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.RequestTimeout = TimeSpan.FromSeconds(20);
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> echo = harness.EchoAsync("heard?");
        for (int turn = 0; turn < 10; turn++)
        {
            await LiveAsync(harness, 15 * Second);
            harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"progress","params":{"id":1,"value":0.5}}""");
            await ConnectionHarness.UntilAsync(() => harness.Host.Link.HasHeardAll);
        }

        Assert.False(echo.IsCompleted);
        await LiveAsync(harness, 26 * Second);

        Assert.Equal(
            RenderingConnectionReason.Timeout,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(echo))).Reason);
    }

    /// <summary>What waits behind requests that are not answered, and so is not even sent, fails as they do.</summary>
    [Fact]
    public async Task NotSentYet_FailsToo()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        var large = new NotedRequest(33 * 1024 * 1024);
        Assert.Throws<RenderingConnectionException>(() => fixture.Binding.Submit(large));
        fixture.Wire.SendGate = new TaskCompletionSource();
        fixture.Submit();
        var waiting = new HostRequest<bool>(static (ref _) => true);
        HostRequestEncoder.Encode<object?>(waiting, "echo", null, null);
        fixture.Binding.Submit(waiting);

        long start = fixture.Time.GetTimestamp();
        fixture.Binding.TimeOut(fixture.Link, Second, start);
        fixture.Binding.TimeOut(fixture.Link, Second, start + TimeSpan.FromSeconds(0.9).Ticks);
        Assert.False(waiting.Task.IsCompleted);
        fixture.Binding.TimeOut(fixture.Link, Second, start + Second.Ticks);

        Assert.Equal(
            RenderingConnectionReason.Timeout,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(waiting.Task))).Reason);
        Assert.Equal(1, fixture.Binding.Outstanding);
    }

    [Fact]
    public void Option_Nonsense_IsRefused()
    {
        var options = new RenderingConnectionOptions();

        Assert.Equal(TimeSpan.FromMinutes(5), options.RequestTimeout);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => options.RequestTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => options.RequestTimeout = TimeSpan.FromSeconds(-1));
        options.RequestTimeout = TimeSpan.MaxValue;
    }

    /// <summary>Time passes at a host that says something in between.</summary>
    private static async Task LiveAsync(ConnectionHarness harness, TimeSpan time, TimeSpan? step = null)
    {
        TimeSpan part = step ?? Second;
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += part)
        {
            await harness.Time.PassAsync(part);
            harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":0}}""");
            await ConnectionHarness.UntilAsync(() => harness.Host.Link.HasHeardAll);
        }
    }

    private sealed class FixedPolicy(TimeSpan delay) : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context) => delay;
    }
}
