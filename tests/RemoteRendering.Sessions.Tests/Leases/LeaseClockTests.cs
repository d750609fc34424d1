using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseClockTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly LeaseClock _clock;

    public LeaseClockTests() => _clock = new LeaseClock(_time);

    [Fact]
    public void Starting_HasNoEndYet()
    {
        Observe(RenderingSessionStatus.Starting, 0);
        RenderingSessionLease lease = Read();
        Assert.Null(lease.RemainingAtLeast);
        Assert.Null(lease.RemainingAtMost);
    }

    [Fact]
    public void Ready_FirstSeen_IsKnownToAMinuteAndTheTimeOfTheAnswer()
    {
        Observe(RenderingSessionStatus.Ready, 3, travel: TimeSpan.FromSeconds(2));
        RenderingSessionLease lease = Read();
        Assert.Equal(TimeSpan.FromMinutes(20) - TimeSpan.FromMinutes(4) - TimeSpan.FromSeconds(2), lease.RemainingAtLeast);
        Assert.Equal(TimeSpan.FromMinutes(20) - TimeSpan.FromMinutes(3), lease.RemainingAtMost);
    }

    [Fact]
    public void Ready_SeenRightAfterStarting_IsKnownToTheLookBefore()
    {
        Observe(RenderingSessionStatus.Starting, 0);
        _time.Advance(TimeSpan.FromSeconds(5));
        Observe(RenderingSessionStatus.Ready, 0);
        Assert.Equal(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(5), Read().RemainingAtLeast);
        Assert.Equal(TimeSpan.FromMinutes(20.0), Read().RemainingAtMost);
    }

    [Fact]
    public void Answers_NarrowTheIntervalDown()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.Advance(TimeSpan.FromSeconds(30));
        Observe(RenderingSessionStatus.Ready, 1);
        RenderingSessionLease lease = Read();
        Assert.Equal(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(90), lease.RemainingAtLeast);
        Assert.Equal(TimeSpan.FromMinutes(19.0), lease.RemainingAtMost);
    }

    [Fact]
    public void Sleep_PutsTheLeaseInDoubt_UntilItIsConfirmed()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.Suspend(TimeSpan.FromMinutes(5));
        Assert.True(Read().IsInDoubt);
        Assert.Equal(TimeSpan.Zero, Read().RemainingAtLeast);
        Observe(RenderingSessionStatus.Ready, 5);
        Assert.False(Read().IsInDoubt);
        Assert.Equal(TimeSpan.FromMinutes(14.0), Read().RemainingAtLeast);
    }

    [Fact]
    public void ClockStepBack_PutsTheLeaseInDoubt()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.StepWallClock(TimeSpan.FromHours(-1));
        Assert.True(Read().IsInDoubt);
    }

    [Fact]
    public void Drift_OfAHundredPartsPerMillion_IsTolerated()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.WallClockRate = 1.0001;
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(Read().IsInDoubt);
    }

    [Fact]
    public void Answer_ThatContradictsWhatIsKnown_Counts()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        Observe(RenderingSessionStatus.Ready, 10);
        Assert.Equal(TimeSpan.FromMinutes(9.0), Read().RemainingAtLeast);
    }

    private void Observe(RenderingSessionStatus status, int elapsedMinutes, TimeSpan travel = default)
    {
        long sent = _time.GetTimestamp();
        _time.Advance(travel);
        RenderingSessionProperties properties = RemoteRenderingModelFactory.RenderingSessionProperties(
            "s1", status, "Standard", elapsedTime: TimeSpan.FromMinutes((double)elapsedMinutes), maxLeaseTime: TimeSpan.FromMinutes(20));
        _clock.Observe(properties, sent, _time.GetTimestamp());
    }

    private RenderingSessionLease Read() => _clock.Read(RenderingSessionStatus.Ready, TimeSpan.FromMinutes(20));
}
