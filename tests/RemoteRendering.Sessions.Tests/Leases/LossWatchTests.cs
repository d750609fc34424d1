using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LossWatchTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly LossWatch _watch;

    public LossWatchTests()
        => _watch =
            new LossWatch(new RenewalSchedule(new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.Zero }), _time);

    [Fact]
    public void TimeRunsOut_IsALossAtOnce()
    {
        Assert.Equal((null, 20), Look(20, 80));
        _time.AdvanceAlone(TimeSpan.FromSeconds(20));
        Assert.Equal((null, 0), Look(0, 60));
    }

    [Fact]
    public void ItIsNewsThatNothingIsCertain_IsADoubt_ForAMinute()
    {
        Assert.Equal((null, 300), Look(300, 360));
        Assert.Equal((LeaseRenewalChangeKind.InDoubt, 60), Look(0, 60));
        _time.AdvanceAlone(TimeSpan.FromSeconds(59));
        Assert.Equal((null, 1), Look(0, 1));
        _time.AdvanceAlone(TimeSpan.FromSeconds(1));
        Assert.Equal((null, 0), Look(0, 1));
    }

    [Fact]
    public void FirstThingHeard_LeavesNothingCertain_IsADoubt()
    {
        Assert.Equal((LeaseRenewalChangeKind.InDoubt, 60), Look(0, 30));
        Assert.Equal((LeaseRenewalChangeKind.Confirmed, 300), Look(300, 330));
    }

    [Fact]
    public void Sleep_IsADoubt_UntilSomethingIsCertain()
    {
        Look(300, 360);
        Assert.Equal((LeaseRenewalChangeKind.InDoubt, 60), Look(0, 300, isInDoubt: true));
        Assert.Equal((null, 60), Look(0, 30));
        Assert.Equal((LeaseRenewalChangeKind.Confirmed, 200), Look(200, 230));
    }

    [Fact]
    public void NothingLeftAtAll_OrNoLongerLeaseAllowed_IsALossAtOnce()
    {
        Look(300, 360);
        Assert.Equal((null, 0), Look(0, 0));
        Assert.Equal((null, 0), Look(0, 30, granted: 60));
    }

    private (LeaseRenewalChangeKind? Change, double? UntilLost) Look(
        double atLeast, double atMost, bool isInDoubt = false, int granted = 10)
    {
        LeaseRenewalChangeKind? change = _watch.Look(
            new RenderingSessionLease(
                TimeSpan.FromMinutes((double)granted), TimeSpan.FromSeconds(atLeast), TimeSpan.FromSeconds(atMost), isInDoubt),
            out TimeSpan? untilLost);
        return (change, untilLost?.TotalSeconds);
    }
}
