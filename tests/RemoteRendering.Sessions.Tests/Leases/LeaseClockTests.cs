using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.TestSupport;

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
        AssertAbout(TimeSpan.FromMinutes(20) - TimeSpan.FromMinutes(4) - TimeSpan.FromSeconds(2), lease.RemainingAtLeast);
        Assert.Equal(TimeSpan.FromMinutes(20) - TimeSpan.FromMinutes(3), lease.RemainingAtMost);
    }

    [Fact]
    public void Ready_SeenRightAfterStarting_IsKnownToTheLookBefore()
    {
        Observe(RenderingSessionStatus.Starting, 0);
        _time.AdvanceAlone(TimeSpan.FromSeconds(5));
        Observe(RenderingSessionStatus.Ready, 0);
        AssertAbout(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(5), Read().RemainingAtLeast);
        Assert.Equal(TimeSpan.FromMinutes(20.0), Read().RemainingAtMost);
    }

    [Fact]
    public void Answers_NarrowTheIntervalDown()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.AdvanceAlone(TimeSpan.FromSeconds(30));
        Observe(RenderingSessionStatus.Ready, 1);
        RenderingSessionLease lease = Read();
        AssertAbout(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(90), lease.RemainingAtLeast);
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
        _time.AdvanceAlone(TimeSpan.FromMinutes(15));
        Assert.False(Read().IsInDoubt);
    }

    [Fact]
    public void Answer_ThatContradictsWhatIsKnown_Counts()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        Observe(RenderingSessionStatus.Ready, 10);
        Assert.Equal(TimeSpan.FromMinutes(9.0), Read().RemainingAtLeast);
    }

    [Fact]
    public void Sleep_ThatIsTakenBackByAClockStep_IsStillADoubt()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.Suspend(TimeSpan.FromMinutes(5));
        Assert.True(Read().IsInDoubt);
        _time.StepWallClock(TimeSpan.FromMinutes(-5.0));
        Assert.True(Read().IsInDoubt);
    }

    [Fact]
    public void Sleep_DuringARequest_IsNotConfirmedByItsAnswer()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        Moment sent = Moment.Now(_time);
        _time.Suspend(TimeSpan.FromMinutes(5));
        _clock.Observe(Answer(RenderingSessionStatus.Ready, 0), sent, Moment.Now(_time));
        Assert.True(Read().IsInDoubt);
        Observe(RenderingSessionStatus.Ready, 5);
        Assert.False(Read().IsInDoubt);
        Assert.Equal(TimeSpan.FromMinutes(14.0), Read().RemainingAtLeast);
    }

    [Fact]
    public void Sleep_WhileStarting_DoesNotMakeTheStartLaterThanItWas()
    {
        Observe(RenderingSessionStatus.Starting, 0);
        _time.Suspend(TimeSpan.FromMinutes(3));
        Observe(RenderingSessionStatus.Ready, 2);
        Assert.Equal(TimeSpan.FromMinutes(17.0), Read().RemainingAtLeast);
    }

    [Fact]
    public void Naps_TooShortForDoubt_CountAgainstTheLease()
    {
        Observe(RenderingSessionStatus.Ready, 0);
        _time.Suspend(TimeSpan.FromMilliseconds(900));
        Assert.False(Read().IsInDoubt);
        Assert.Equal(TimeSpan.FromMinutes(19) - TimeSpan.FromMilliseconds(900), Read().RemainingAtLeast);
    }

    [Theory]
    [InlineData(0.9991)]
    [InlineData(1.0)]
    [InlineData(1.0009)]
    public void Drift_WithinTheToleratedRatio_NeverShowsMoreThanIsLeft(double serviceRate)
    {
        Observe(RenderingSessionStatus.Ready, 0);
        for (int minute = 1; minute < 20; minute++)
        {
            _time.AdvanceAlone(TimeSpan.FromMinutes((double)minute));
            TimeSpan truth =
                TimeSpan.FromMinutes(20) - ((TimeSpan.FromTicks(_time.GetTimestamp()) + TimeSpan.FromSeconds(59)) * serviceRate);
            RenderingSessionLease lease = Read();
            Assert.True(
                lease.RemainingAtLeast <= (truth > TimeSpan.Zero ? truth : TimeSpan.Zero) + TimeSpan.FromTicks(1),
                $"{lease.RemainingAtLeast} > {truth}");
        }
    }

    private static void AssertAbout(TimeSpan expected, TimeSpan? actual)
        => Assert.InRange(actual!.Value, expected - TimeSpan.FromMilliseconds(50), expected);

    private static RenderingSessionProperties Answer(RenderingSessionStatus status, int elapsedMinutes)
        => RemoteRenderingModelFactory.RenderingSessionProperties(
        "s1", status, "Standard", elapsedTime: TimeSpan.FromMinutes((double)elapsedMinutes), maxLeaseTime: TimeSpan.FromMinutes(20));

    private void Observe(RenderingSessionStatus status, int elapsedMinutes, TimeSpan travel = default)
    {
        Moment sent = Moment.Now(_time);
        _time.AdvanceAlone(travel);
        _clock.Observe(Answer(status, elapsedMinutes), sent, Moment.Now(_time));
    }

    private RenderingSessionLease Read() => _clock.Read(RenderingSessionStatus.Ready, TimeSpan.FromMinutes(20));
}
