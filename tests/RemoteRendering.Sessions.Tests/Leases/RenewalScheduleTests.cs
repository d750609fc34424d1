using CsCheck;
using RemoteRendering.Sessions.Leases;

namespace RemoteRendering.Sessions.Tests.Leases;

public class RenewalScheduleTests
{
    private static readonly Gen<TimeSpan> Span = Gen.Int[0, 7_200].Select(static seconds => TimeSpan.FromSeconds((double)seconds));

    [Fact]
    public void Plenty_Waits_UntilTheThresholdOrTheNextHeartbeat()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Next(left: 300).Time);
        Assert.Equal(TimeSpan.FromSeconds(3), Next(left: 123).Time);
        Assert.Equal(RenewalAction.Wait, Next(left: 121).Action);
    }

    [Fact]
    public void AtTheThreshold_RenewsByOneStep()
    {
        RenewalStep step = Next(left: 120);
        Assert.Equal(RenewalAction.Renew, step.Action);
        Assert.Equal(TimeSpan.FromMinutes(13), step.Target);
        Assert.Equal(TimeSpan.FromSeconds(10), step.Time);
    }

    [Fact]
    public void NearTheEnd_AnAttemptLeavesTimeForAnother()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), Next(left: 9).Time);
        Assert.Equal(TimeSpan.FromSeconds(1), Next(left: 2).Time);
    }

    [Fact]
    public void NothingCertainLeft_AnAttemptTakesWhatADoubtAllows()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), Next(left: 1).Time);
        Assert.Equal(TimeSpan.FromSeconds(10), Next(left: 0).Time);
    }

    [Fact]
    public void LastStep_StopsAtTheCap_RoundedDown()
    {
        RenewalStep step = Next(left: 60, granted: 59, cap: TimeSpan.FromSeconds(3_630));
        Assert.Equal(TimeSpan.FromMinutes(60), step.Target);
        Assert.True(Next(left: 60, granted: 60, cap: TimeSpan.FromSeconds(3_630)).IsAtCap);
        Assert.False(step.IsAtCap);
    }

    [Fact]
    public void NobodyConnected_BuysNothing_UnlessAsked()
    {
        Assert.Equal(RenewalAction.Wait, Next(left: 10, inUse: false).Action);
        Assert.Equal(RenewalAction.Renew, Next(left: 10, inUse: false, whileDisconnected: true).Action);
    }

    [Fact]
    public void Doubt_AsksFirst() => Assert.Equal(RenewalAction.Confirm, Next(left: 0, inDoubt: true).Action);

    [Fact]
    public void Unknown_IsAskedFor_WhenTheLeaseIsToBeKept()
    {
        Assert.Equal(RenewalAction.Confirm, Next(left: null).Action);
        Assert.Equal(RenewalAction.Confirm, Next(left: null, inUse: false, whileDisconnected: true).Action);
        Assert.Equal(RenewalAction.Wait, Next(left: null, inUse: false).Action);
    }

    [Fact]
    public void TotalInDoubt_IsReadFirst_AndTheCertainEndStays()
    {
        var lease = new RenderingSessionLease(
            TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6), isInDoubt: false, isTotalInDoubt: true);
        var schedule = new RenewalSchedule(Options());
        Assert.Equal(RenewalAction.Confirm, schedule.Next(new RenewalView(lease, isInUse: true, TimeSpan.Zero)).Action);
        Assert.Equal(TimeSpan.FromSeconds(59), schedule.UntilLost(lease));
        Assert.True(lease.IsInDoubt);
    }

    [Fact]
    public void AfterAFailure_WaitsItsTurn()
    {
        RenewalStep step = Next(left: 60, untilRetry: 3);
        Assert.Equal(RenewalAction.Wait, step.Action);
        Assert.Equal(TimeSpan.FromSeconds(3), step.Time);
        Assert.Equal(RenewalAction.Wait, Next(left: 0, inDoubt: true, untilRetry: 3).Action);
    }

    [Fact]
    public void UntilLost_IsTheCertainRestWithoutTheMargin()
    {
        var schedule = new RenewalSchedule(Options());
        Assert.Equal(TimeSpan.FromSeconds(59), schedule.UntilLost(Lease(60, 10)));
        Assert.Equal(TimeSpan.Zero, schedule.UntilLost(Lease(1, 10)));
        Assert.Null(schedule.UntilLost(Lease(60, 10, inDoubt: true)));
        Assert.Null(schedule.UntilLost(Lease(null, 10)));
        Assert.Equal(TimeSpan.FromMinutes(1), schedule.LongestDoubt);
        LeaseRenewalOptions slow = Options();
        slow.AttemptTimeout = TimeSpan.FromMinutes(1);
        Assert.Equal(TimeSpan.FromSeconds(122.4), new RenewalSchedule(slow).LongestDoubt);
    }

    [Fact]
    public void RetryDelay_DoublesTo15Seconds_AndObeysTheService()
    {
        var schedule = new RenewalSchedule(Options());
        Assert.Equal(
            [2.0, 4.0, 8.0, 15.0, 15.0], Enumerable.Range(1, 5).Select(failures => schedule.RetryDelay(failures, null, 0).TotalSeconds));
        Assert.Equal(2.4, schedule.RetryDelay(1, null, 1).TotalSeconds);
        Assert.Equal(40, schedule.RetryDelay(1, TimeSpan.FromSeconds(40), 0).TotalSeconds);
        Assert.Equal(8, schedule.RetryDelay(3, TimeSpan.FromSeconds(5), 0).TotalSeconds);
    }

    [Theory]
    [InlineData(100.0, 90.0)]
    [InlineData(20.0, 10.0)]
    [InlineData(8.0, 4.0)]
    [InlineData(1.2, 0.6)]
    [InlineData(1.0, null)]
    [InlineData(0.0, null)]
    [InlineData(-1.0, null)]
    [InlineData(null, null)]
    public void LastCall_LeavesTimeForAnAnswer(double? untilLost, double? lastCall)
        => Assert.Equal(
            lastCall,
            new RenewalSchedule(Options()).LastCall(untilLost is { } seconds ? TimeSpan.FromSeconds(seconds) : null)?.TotalSeconds);

    [Fact]
    public void NoStep_EverBuysMoreThanOneStepOrBeyondTheCap_AndNoWaitPassesTheThreshold()
        => Gen.Select(Span, Span, Span, Gen.Bool, Gen.Bool).Sample(
            (left, granted, cap, inUse, inDoubt) =>
            {
                var options = new LeaseRenewalOptions(cap + TimeSpan.FromMinutes(3));
                var lease = new RenderingSessionLease(granted, inDoubt ? TimeSpan.Zero : left, left, inDoubt);
                RenewalStep step = new RenewalSchedule(options).Next(new RenewalView(lease, inUse, TimeSpan.Zero));
                Assert.True(step.Time > TimeSpan.Zero);
                if (step.Action == RenewalAction.Renew)
                {
                    Assert.True(inUse && !inDoubt && left <= options.Threshold);
                    Assert.True(step.Target > granted && step.Target <= granted + options.Step && step.Target <= options.MaxTotalLease);
                }
                else if (step.Action == RenewalAction.Wait && inUse && !step.IsAtCap)
                {
                    Assert.True(left - step.Time >= options.Threshold);
                }
            });

    private static RenewalStep Next(
        double? left, double granted = 10, TimeSpan? cap = null, bool inUse = true, bool inDoubt = false, bool whileDisconnected = false,
        double untilRetry = 0)
    {
        LeaseRenewalOptions options = Options(cap);
        options.RenewWhileDisconnected = whileDisconnected;
        return new RenewalSchedule(options).Next(new RenewalView(Lease(left, granted, inDoubt), inUse, TimeSpan.FromSeconds(untilRetry)));
    }

    private static RenderingSessionLease Lease(double? left, double granted, bool inDoubt = false)
    {
        TimeSpan? rest = left is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new RenderingSessionLease(TimeSpan.FromMinutes(granted), rest, rest, inDoubt);
    }

    private static LeaseRenewalOptions Options(TimeSpan? cap = null) => new(cap ?? TimeSpan.FromHours(8))
    {
        Step = TimeSpan.FromMinutes(3),
        Threshold = TimeSpan.FromMinutes(2),
    };
}
