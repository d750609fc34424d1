using System.Diagnostics;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionAttemptTests
{
    [Theory]
    [InlineData(RenderingBindPolicy.Resume, 10)]
    [InlineData(RenderingBindPolicy.TakeOver, 30)]
    public async Task Timeout_DrainTime_CountsOnlyForATakeOver(RenderingBindPolicy policy, int seconds)
    {
        await using var harness = new ConnectionHarness();
        harness.Options.BindPolicy = policy;
        harness.Options.DrainTime = TimeSpan.FromSeconds(20);
        harness.Options.InitialConnectPolicy = RenderingReconnectPolicy.Never;
        harness.Host.IsDeafToBind = true;
        Task established = harness.Begin();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 1);
        await harness.Time.PassAsync(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(ConnectionStatus.Connecting, harness.Status);

        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1));

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established));
        Assert.Equal((RenderingConnectionReason.Timeout, $"The attempt took longer than 00:00:{seconds}."), (error.Reason, error.Message));
    }

    [Fact]
    public async Task Timeout_GraceEndsSooner_IsTheRestOfTheGrace()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.AttemptTimeout = TimeSpan.FromMinutes(10);
        harness.Options.ReconnectPolicy = new AtOncePolicy();
        await harness.ConnectAsync();
        harness.Host.IsDeafToBind = true;
        harness.Host.Link.Cut();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 2);

        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(74_999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(ConnectionStatus.Reconnecting, harness.Status);
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(RenderingConnectionReason.GraceExpired, (await harness.EndAsync()).Reason);
        Assert.Equal(2, harness.Host.Attempts);
    }

    [Theory]
    [InlineData(75)]
    [InlineData(90)]
    public async Task Timeout_GraceHasEndedOnTheWay_IsTheShortestThereIs(int late)
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new AtOncePolicy();
        await harness.ConnectAsync();
        harness.Host.IsDeafToBind = true;
        harness.Environment.OnLeaseRead = () => harness.Time.AdvanceAlone(TimeSpan.FromSeconds(late));

        harness.Host.Link.Cut();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 2);
        await ConnectionHarness.SettleAsync();
        Assert.Equal(ConnectionStatus.Reconnecting, harness.Status);
        Assert.Equal(TimeSpan.FromMilliseconds(1), harness.Time.UntilNextTimer);
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(RenderingConnectionReason.GraceExpired, (await harness.EndAsync()).Reason);
        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    public async Task Attempts_ThatFail_AreLoggedWithTheirNumbers()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.InitialConnectPolicy = new AtOncePolicy();
        harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens."));
        harness.Host.FailNext(new IOException("No network."));

        Task established = harness.Begin();
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(10));
        await ConnectionHarness.Within(established);

        Assert.Equal(
            [
                "Attempt 1 to connect to session my-session failed: HandshakeConnectionRefused.",
                "Attempt 2 to connect to session my-session failed: HandshakeFailed."
            ],
            harness.Log.Entries.Where(entry => entry.Event == "ConnectionAttemptFailed").Select(entry => entry.Text));
    }

    [Fact]
    public async Task Attempt_Fails_ItsActivitySaysWhy()
    {
        using var caller = new Activity("caller");
        caller.Start();
        var ended = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RemoteRenderingTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == caller.TraceId)
                {
                    ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var harness = new ConnectionHarness();
        harness.Options.InitialConnectPolicy = RenderingReconnectPolicy.Never;
        harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens."));

        await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Activity attempt = Assert.Single(ended);
        Assert.Equal("RenderingConnection.Attempt", attempt.OperationName);
        Assert.Equal(ActivityStatusCode.Error, attempt.Status);
        Assert.Equal("HandshakeConnectionRefused", attempt.GetTagItem("error.type"));
        Assert.Equal("my-session", attempt.GetTagItem(RemoteRenderingTelemetry.SessionIdTag));
    }

    private sealed class AtOncePolicy : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context) => TimeSpan.Zero;
    }
}
