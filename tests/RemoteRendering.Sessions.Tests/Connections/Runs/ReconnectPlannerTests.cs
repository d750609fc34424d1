using CsCheck;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ReconnectPlannerTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly RenderingConnectionOptions _options = new();
    private TimeSpan? _leaseLeft;

    private static ConnectionFailure Lost => new(null, RenderingConnectionReason.ConnectionLost, "Lost.");

    [Fact]
    public void DefaultPolicy_Delays_StayBelowTheLimitThatDoubles()
    {
        double[] limits = [0.25, 0.5, 1, 2, 4, 8, 15, 15, 15];
        for (int attempt = 0; attempt < limits.Length; attempt++)
        {
            TimeSpan[] delays = [
                .. Enumerable.Range(0, 500).Select(_ => RenderingReconnectPolicy.Default.NextDelay(Context(attempt))!.Value)
            ];

            Assert.All(delays, delay => Assert.InRange(delay.TotalSeconds, 0, limits[attempt]));
            Assert.True(delays.Max().TotalSeconds > limits[attempt] * 0.9, "Full jitter reaches up to the limit,");
            Assert.True(delays.Min().TotalSeconds < limits[attempt] * 0.1, "and down to zero.");
        }
    }

    [Fact]
    public void ExponentialPolicy_ManyAttempts_DoesNotOverflow()
    {
        var policy = new ExponentialReconnectPolicy(new Random(1)) { MaxDelay = TimeSpan.FromDays(1) };
        Gen.Int[0, int.MaxValue].Sample(
            attempt => policy.NextDelay(Context(attempt)) is { } delay && delay >= TimeSpan.Zero && delay <= TimeSpan.FromDays(1));
    }

    [Fact]
    public void ExponentialPolicy_Limits_Stop()
    {
        Assert.Null(new ExponentialReconnectPolicy { MaxAttempts = 0 }.NextDelay(Context(0)));
        Assert.NotNull(new ExponentialReconnectPolicy { MaxAttempts = 2 }.NextDelay(Context(1)));
        Assert.Null(new ExponentialReconnectPolicy { MaxAttempts = 2 }.NextDelay(Context(2)));
        Assert.Null(
            new ExponentialReconnectPolicy { MaxElapsed = TimeSpan.FromSeconds(10) }.NextDelay(Context(1, TimeSpan.FromSeconds(11))));
    }

    [Fact]
    public void ExponentialPolicy_NonsenseNumbers_AreRefused()
    {
        var policy = new ExponentialReconnectPolicy();
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.FirstDelay = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.InitialDelay = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.MaxDelay = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.MaxAttempts = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.MaxElapsed = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentNullException>(() => new ExponentialReconnectPolicy(null!));
    }

    [Fact]
    public void Options_NonsenseNumbers_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.DrainTime = TimeSpan.FromSeconds(61));
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.DrainTime = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.AttemptTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.DisconnectTimeout = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.MaxMessageBytes = 1023);
        Assert.Throws<ArgumentNullException>(() => _options.ReconnectPolicy = null!);
        Assert.Throws<ArgumentNullException>(() => _options.InitialConnectPolicy = null!);
    }

    [Fact]
    [Trait("Museum", "M14")]
    [Trait("Museum", "M15")]
    public void Next_LinkStableFor30Seconds_CountsAnew()
    {
        var policy = new RecordingPolicy();
        _options.ReconnectPolicy = policy;
        ReconnectPlanner planner = Bound();
        _time.AdvanceAlone(TimeSpan.FromMilliseconds(29_999));
        Lose(planner);
        planner.Next(Lost);
        planner.Next(Lost);
        planner.OnBound();
        _time.AdvanceAlone(TimeSpan.FromMilliseconds(29_999));
        Lose(planner);
        planner.Next(Lost);
        planner.OnBound();
        _time.AdvanceAlone(TimeSpan.FromSeconds(30));
        Lose(planner);
        planner.Next(Lost);

        Assert.Equal([0, 1, 2, 0], policy.Contexts.Select(context => context.Attempt));
    }

    [Fact]
    public void Next_AsksTheInitialPolicyUntilBound()
    {
        var initial = new RecordingPolicy();
        var later = new RecordingPolicy();
        _options.InitialConnectPolicy = initial;
        _options.ReconnectPolicy = later;
        ReconnectPlanner planner = Planner();
        _time.AdvanceAlone(TimeSpan.FromSeconds(3));
        planner.Next(Lost);
        planner.OnBound();
        Lose(planner);
        _time.AdvanceAlone(TimeSpan.FromSeconds(1));
        planner.Next(Lost);

        Assert.Equal(TimeSpan.FromSeconds(3), Assert.Single(initial.Contexts).Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(later.Contexts).Elapsed);
        Assert.Equal(RenderingConnectionReason.ConnectionLost, later.Contexts[0].Reason);
    }

    [Fact]
    public void Next_HostAsksForMoreTime_GetsIt()
    {
        _options.ReconnectPolicy = new RecordingPolicy();
        ReconnectPlanner planner = Bound();
        Lose(planner);

        ReconnectPlan plan =
            planner.Next(new ConnectionFailure(null, RenderingConnectionReason.Maintenance, "Wait.", TimeSpan.FromSeconds(7)));

        Assert.Equal(TimeSpan.FromSeconds(7), plan.Delay);
    }

    [Fact]
    public void Next_PolicyWaitsBeyondTheGrace_MakesOneLastAttemptWithinIt()
    {
        _options.ReconnectPolicy = new RecordingPolicy { Delay = TimeSpan.FromMinutes(5) };
        ReconnectPlanner planner = Bound();
        Lose(planner);

        ReconnectPlan plan = planner.Next(Lost);
        Assert.Equal(TimeSpan.FromSeconds(74), plan.Delay);
        _time.AdvanceAlone(plan.Delay);
        ReconnectPlan end = planner.Next(Lost);

        Assert.Equal(ConnectionTrigger.AttemptsOver, end.Stop);
        Assert.Equal(RenderingConnectionReason.GraceExpired, end.Failure.Reason);
        Assert.Equal("The host did not respond within its grace time. Lost.", end.Failure.Message);
    }

    [Theory]
    [InlineData(74_000, true)]
    [InlineData(74_001, false)]
    public void Next_HostAsksForTheLastChanceWithinItsGrace_GetsItToTheMoment(int milliseconds, bool isTried)
    {
        _options.ReconnectPolicy = new RecordingPolicy { Delay = TimeSpan.FromMinutes(5) };
        ReconnectPlanner planner = Bound();
        Lose(planner);

        ReconnectPlan plan = planner.Next(
            new ConnectionFailure(null, RenderingConnectionReason.Maintenance, "Wait.", TimeSpan.FromMilliseconds(milliseconds)));

        Assert.Equal(isTried ? null : ConnectionTrigger.AttemptsOver, plan.Stop);
        Assert.Equal(isTried ? TimeSpan.FromSeconds(74) : TimeSpan.Zero, plan.Delay);
    }

    [Fact]
    public void Next_PolicyThrows_EndsWithWhatItThrew()
    {
        var error = new InvalidOperationException("No idea.");
        _options.ReconnectPolicy = new RecordingPolicy { Error = error };
        ReconnectPlanner planner = Bound();
        Lose(planner);

        ReconnectPlan plan = planner.Next(Lost);

        Assert.Equal(ConnectionTrigger.AttemptsOver, plan.Stop);
        Assert.Equal(RenderingConnectionReason.ConnectionLost, plan.Failure.Reason);
        Assert.Equal("The reconnect policy threw: No idea.", plan.Failure.Message);
        Assert.Same(error, plan.Failure.Error);
    }

    [Fact]
    public void Next_HostAsksForMoreTimeThanItsGrace_Ends()
    {
        ReconnectPlanner planner = Bound();
        Lose(planner);

        ReconnectPlan plan =
            planner.Next(new ConnectionFailure(null, RenderingConnectionReason.Maintenance, "Wait.", TimeSpan.FromSeconds(75)));

        Assert.Equal(RenderingConnectionReason.GraceExpired, plan.Failure.Reason);
    }

    [Fact]
    public void Next_PolicyNamesADelayBeyondWhatATimerCanWait_WaitsAsLongAsOneCan()
    {
        _options.InitialConnectPolicy = new RecordingPolicy { Delay = TimeSpan.MaxValue };

        Assert.Equal(TimeSpan.FromDays(24), Planner().Next(Lost).Delay);
    }

    [Fact]
    public void Next_LeaseEndsBefore_Ends()
    {
        _options.ReconnectPolicy = new RecordingPolicy { Delay = TimeSpan.FromSeconds(5) };
        ReconnectPlanner planner = Bound();
        Lose(planner);
        _leaseLeft = TimeSpan.FromSeconds(6);
        Assert.Null(planner.Next(Lost).Stop);
        _leaseLeft = TimeSpan.FromSeconds(5);

        ReconnectPlan end = planner.Next(Lost);
        Assert.Equal(ConnectionTrigger.AttemptsOver, end.Stop);
        Assert.Equal(RenderingConnectionReason.LeaseExpired, end.Failure.Reason);
        Assert.Equal("The lease of the session ends before the next attempt. Lost.", end.Failure.Message);
    }

    [Fact]
    public void Next_AuthenticationFailuresWithAnotherFailureBetween_AreNotTwoInARow()
    {
        var failure = new ConnectionFailure(null, RenderingConnectionReason.AuthenticationFailed, "401");
        ReconnectPlanner planner = Planner();

        Assert.Null(planner.Next(failure).Stop);
        Assert.Null(planner.Next(Lost).Stop);
        Assert.Null(planner.Next(failure).Stop);
        Assert.Equal(ConnectionTrigger.HostRefused, planner.Next(failure).Stop);
    }

    [Fact]
    [Trait("Museum", "M15")]
    public void Next_PolicyNeverWaits_NoMoreThanTenAttemptsInTenSeconds()
    {
        _options.ReconnectPolicy = new RecordingPolicy();
        Gen.Int[0, 3000].Array[100].Sample(lives =>
        {
            ReconnectPlanner planner = Bound();
            var attempts = new List<long>();
            foreach (int life in lives)
            {
                planner.OnAttempt();
                attempts.Add(_time.GetTimestamp());
                planner.OnBound();
                _time.AdvanceAlone(TimeSpan.FromMilliseconds(life));
                Lose(planner);
                _time.AdvanceAlone(planner.Next(Lost).Delay);
            }

            return attempts.Zip(attempts.Skip(AttemptBudget.Attempts), _time.GetElapsedTime).All(span => span >= AttemptBudget.Window);
        }, iter: 50, threads: 1);
    }

    [Fact]
    public void Next_ApplicationAsksForANewLink_IsHeldBackByNothingButTheBudget()
    {
        _options.ReconnectPolicy = RenderingReconnectPolicy.Never;
        ReconnectPlanner planner = Bound();
        Assert.Equal(TimeSpan.Zero, planner.Next(new ConnectionFailure(null, RenderingConnectionReason.ReconnectRequested, "Now.")).Delay);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            planner.OnAttempt();
        }

        Assert.Equal(
            AttemptBudget.Window, planner.Next(new ConnectionFailure(null, RenderingConnectionReason.ReconnectRequested, "Now.")).Delay);
        Assert.Equal(
            AttemptBudget.Window,
            planner.Next(new ConnectionFailure(null, RenderingConnectionReason.AuthenticationFailed, "Token.")).Delay);
    }

    [Fact]
    public void Next_NegativeDelay_IsNoDelay()
    {
        _options.InitialConnectPolicy = new RecordingPolicy { Delay = TimeSpan.FromSeconds(-1) };

        Assert.Equal(TimeSpan.Zero, Planner().Next(Lost).Delay);
    }

    private static RenderingReconnectContext Context(int attempt, TimeSpan elapsed = default)
        => new(attempt, elapsed, RenderingConnectionReason.ConnectionLost, null);

    private ReconnectPlanner Planner() => new(_options, _time, () => _leaseLeft);

    private ReconnectPlanner Bound()
    {
        ReconnectPlanner planner = Planner();
        planner.OnBound();
        return planner;
    }

    private void Lose(ReconnectPlanner planner)
        => planner.OnLost(_time.GetTimestamp(), new BindAnswer { DeadAfter = TimeSpan.FromSeconds(15), Grace = TimeSpan.FromSeconds(60) });

    private sealed class RecordingPolicy : RenderingReconnectPolicy
    {
        public List<RenderingReconnectContext> Contexts { get; } = [];

        public TimeSpan Delay { get; init; }

        public Exception? Error { get; init; }

        public override TimeSpan? NextDelay(RenderingReconnectContext context)
        {
            Contexts.Add(context);
            return Error is null ? Delay : throw Error;
        }
    }
}
