using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunReconnectTests
{
    /// <summary>Whatever the dice say: the smallest jitter every time, the largest, and ordinary dice.</summary>
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.999)]
    [InlineData(-1.0)]
    [InlineData(-2.0)]
    [InlineData(-3.0)]
    [Trait("Museum", "M15")]
    [Trait("Museum", "R5")]
    public async Task Flapping_CutAfterEveryConnect_IsDamped(double dice)
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new ExponentialReconnectPolicy(dice < 0 ? new Random((int)dice) : new LoadedDice(dice));
        DateTimeOffset start = harness.Time.GetUtcNow();
        await harness.ConnectAsync();
        while (true)
        {
            await harness.Time.PassAsync(TimeSpan.FromMilliseconds(50));
            harness.Host.Link.Cut();
            await harness.WaitForBackoffAsync();
            if (harness.Time.GetUtcNow() + harness.Time.UntilNextTimer!.Value - start > TimeSpan.FromSeconds(10))
            {
                break;
            }

            await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(20));
        }

        Assert.InRange(harness.Host.Attempts, 3, 12);
    }

    [Fact]
    public async Task LinkCut_Once_ComesBackWithinAQuarterOfASecond()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new ExponentialReconnectPolicy(new LoadedDice(0.999));
        await harness.ConnectAsync();

        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    [Trait("Museum", "M16")]
    public async Task HostGone_ForLongerThanItsGrace_EndsWithGraceExpiredAndNoAttemptAfterIt()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        DateTimeOffset cut = harness.Time.GetUtcNow();
        for (int attempt = 0; attempt < 100; attempt++)
        {
            harness.Host.FailNext(
                new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens."));
        }

        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Disconnected, TimeSpan.FromSeconds(75));

        Assert.Equal(RenderingConnectionReason.GraceExpired, harness.LastChange.Reason);
        RenderingConnectionException error = Assert.IsType<RenderingConnectionException>(harness.LastChange.Error);
        Assert.Equal(RenderingConnectionReason.GraceExpired, error.Reason);
        Assert.Equal(
            $"The host did not respond within its grace time. {harness.Host.Attempts - 1} attempts failed; the last failure: Nobody "
                + "listens.",
            error.Message);
        Assert.Equal("Nobody listens.", error.InnerException?.Message);
        Assert.True(harness.Time.GetUtcNow() - cut >= TimeSpan.FromSeconds(50));
        Assert.True(harness.Environment.Refreshes is > 2 and < 9, $"{harness.Environment.Refreshes} refreshes.");
    }

    [Fact]
    public async Task HostGone_ReconnectAfterGrace_GoesOnAndSaysThatTheSceneIsLost()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectAfterGrace = true;
        await harness.ConnectAsync();
        for (int attempt = 0; attempt < 25; attempt++)
        {
            harness.Host.FailNext(new IOException("No network."));
        }

        harness.Host.Link.Cut();
        harness.Host.Crash();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMinutes(10));

        Assert.Equal(RenderingConnectionReason.SceneLost, harness.LastChange.Reason);
    }

    [Fact]
    public async Task LeaseEndsBeforeTheNextAttempt_EndsWithLeaseExpired()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Environment.LeaseLeft = TimeSpan.Zero;

        harness.Host.Link.Cut();

        Assert.Equal(RenderingConnectionReason.LeaseExpired, (await harness.EndAsync()).Reason);
    }

    [Fact]
    public async Task NeverPolicy_FirstDropEnds()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = RenderingReconnectPolicy.Never;
        await harness.ConnectAsync();

        harness.Host.Link.Cut();

        Assert.Equal(RenderingConnectionReason.ConnectionLost, (await harness.EndAsync()).Reason);
        Assert.Equal(1, harness.Host.Attempts);
    }

    [Fact]
    [Trait("BadDay", "policy blocks")]
    public async Task PolicyBlocks_EndsAfterTheTimeOfAnAttempt()
    {
        using var release = new ManualResetEventSlim();
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new BlockingPolicy(release);
        await harness.ConnectAsync();
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await ConnectionHarness.UntilAsync(() => harness.Time.UntilNextTimer <= harness.Options.AttemptTimeout);
        await Quiescence.WaitAsync(blocked: 1);
        Assert.False(harness.Run.Completion.IsCompleted);

        harness.Time.AdvanceAlone(harness.Options.AttemptTimeout);

        RenderingConnectionEnd end = await harness.EndAsync();
        Assert.Equal(RenderingConnectionReason.ConnectionLost, end.Reason);
        Assert.Contains("did not return within 00:00:10", end.Error!.Message, StringComparison.Ordinal);
        release.Set();
    }

    [Fact]
    [Trait("BadDay", "policy throws")]
    public async Task Policy_Throws_EndsWithWhatItThrew()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new ThrowingPolicy();
        await harness.ConnectAsync();

        harness.Host.Link.Cut();
        RenderingConnectionEnd end = await harness.EndAsync();

        Assert.Equal(RenderingConnectionReason.ConnectionLost, end.Reason);
        Assert.IsType<InvalidTimeZoneException>(Assert.IsType<RenderingConnectionException>(end.Error).InnerException);
    }

    private sealed class LoadedDice(double value) : Random
    {
        public override double NextDouble() => value;
    }

    private sealed class ThrowingPolicy : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context)
            => throw new InvalidTimeZoneException("A bug of the application.");
    }

    private sealed class BlockingPolicy(ManualResetEventSlim release) : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context)
        {
            release.Wait(ConnectionHarness.Patience);
            return TimeSpan.Zero;
        }
    }
}
