using CsCheck;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseTotalTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly LeaseTotal _total;

    public LeaseTotalTests() => _total = new LeaseTotal(_time);

    private (double? Said, double? AtLeast, double? AtMost) Now
        => (_total.Said?.TotalMinutes, _total.AtLeast?.TotalMinutes, _total.AtMost?.TotalMinutes);

    [Fact]
    public void Nothing_IsKnownAtFirst()
    {
        Assert.Equal((null, null, null), Now);
        Assert.False(_total.IsInDoubt);
        Update(asked: 10, said: null);
        Assert.Equal((null, null, null), Now);
    }

    [Fact]
    public void Update_AnsweredWithLess_IsInDoubt_UntilAReadShowsIt()
    {
        Read(5);
        Update(asked: 10, said: 5);
        Assert.Equal((5, 5, 10), Now);
        Assert.True(_total.IsInDoubt);
        Read(10);
        Assert.Equal((10, 10, 10), Now);
        Assert.False(_total.IsInDoubt);
    }

    [Fact]
    public void Update_AnsweredWithLess_TwoReadsThatSayLess_AreTheTruth()
    {
        Read(5);
        Update(asked: 10, said: 5);
        Read(5);
        Assert.True(_total.IsInDoubt);
        Read(5);
        Assert.Equal((5, 5, 5), Now);
    }

    [Fact]
    public void Update_AnsweredWithLess_OneReadAfter10Seconds_IsTheTruth()
    {
        Read(5);
        Update(asked: 10, said: 5);
        _time.AdvanceAlone(TimeSpan.FromSeconds(10));
        Assert.True(_total.IsInDoubt);
        Read(5);
        Assert.Equal((5, 5, 5), Now);
    }

    [Fact]
    public void Update_AnsweredWithTheNewLease_ThatReadsDoNotShow_IsTakenBack()
    {
        Read(5);
        Update(asked: 10, said: 10);
        Assert.Equal((10, 10, 10), Now);
        Read(5);
        Assert.Equal((10, 5, 10), Now);
        Read(5);
        Assert.Equal((5, 5, 5), Now);
    }

    [Fact]
    public void Update_AnsweredWithoutALease_IsInDoubt()
    {
        Read(5);
        Update(asked: 10, said: null);
        Assert.Equal((5, 5, 10), Now);
    }

    [Fact]
    public void Read_SentBeforeTheUpdateWasAnswered_SaysNothingAgainstIt()
    {
        Read(5);
        var sent = Moment.Now(_time);
        _time.AdvanceAlone(TimeSpan.FromSeconds(1));
        Update(asked: 10, said: 10);
        for (int i = 0; i < 3; i++)
        {
            _time.AdvanceAlone(TimeSpan.FromSeconds(20));
            _total.Observe(TimeSpan.FromMinutes(5), sent, Moment.Now(_time), isStale: false);
        }

        Assert.Equal((10, 10, 10), Now);
    }

    [Fact]
    public void StaleAnswer_OnlyEverRaises()
    {
        Read(5);
        var now = Moment.Now(_time);
        _total.Observe(TimeSpan.FromMinutes(3), now, now, isStale: true);
        Assert.Equal((5, 5, 5), Now);
        _total.Observe(TimeSpan.FromMinutes(7), now, now, isStale: true);
        Assert.Equal((7, 7, 7), Now);
    }

    [Fact]
    public void SecondUpdate_WhileTheFirstIsInDoubt_KeepsTheLargerAsPossible()
    {
        Read(5);
        Update(asked: 15, said: 5);
        Update(asked: 10, said: 5);
        Assert.Equal((5, 5, 15), Now);
        Read(10);
        Assert.Equal((10, 10, 15), Now);
        Read(10);
        Assert.Equal((10, 10, 10), Now);
    }

    [Fact]
    public void Service_ThatAppliesLate_OrNever_IsNeverTrustedBeyondWhatItSaid()
        => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30]).Array[1, 60].Sample(
            steps =>
            {
                var time = new VirtualTimeProvider();
                var total = new LeaseTotal(time);
                int truth = 5;
                int pending = 5;
                int lastSaid = 5;
                int mostAsked = 5;
                foreach ((int what, int number) in steps)
                {
                    var now = Moment.Now(time);
                    switch (what)
                    {
                        case 0:
                            time.AdvanceAlone(TimeSpan.FromSeconds((double)number));
                            break;
                        case 1:
                            // Accepted, and applied later or never.
                            int asked = Math.Max(truth, pending) + 1 + (number % 5);
                            total.ObserveUpdate(TimeSpan.FromMinutes((double)asked), TimeSpan.FromMinutes((double)truth), now, now);
                            pending = number % 2 == 0 ? asked : pending;
                            mostAsked = Math.Max(mostAsked, asked);
                            lastSaid = truth;
                            break;
                        case 2:
                            truth = Math.Max(truth, pending);
                            break;
                        default:
                            total.Observe(TimeSpan.FromMinutes((double)truth), now, now, isStale: false);
                            lastSaid = truth;
                            break;
                    }

                    if (total.AtLeast is { } atLeast)
                    {
                        Assert.True(atLeast.TotalMinutes <= lastSaid, $"certain {atLeast}, said {lastSaid}");
                        Assert.True(
                            total.AtLeast <= total.Said && total.Said <= total.AtMost && total.AtMost.Value.TotalMinutes <= mostAsked);
                    }
                }

                // However it went, two reads settle it.
                for (int i = 0; i < 2; i++)
                {
                    var now = Moment.Now(time);
                    total.Observe(TimeSpan.FromMinutes((double)truth), now, now, isStale: false);
                }

                Assert.False(total.IsInDoubt);
                Assert.Equal(truth, total.Said!.Value.TotalMinutes);
            });

    private void Read(int said)
    {
        var now = Moment.Now(_time);
        _total.Observe(TimeSpan.FromMinutes((double)said), now, now, isStale: false);
    }

    private void Update(int asked, int? said)
    {
        var now = Moment.Now(_time);
        _total.ObserveUpdate(
            TimeSpan.FromMinutes((double)asked), said is { } minutes ? TimeSpan.FromMinutes((double)minutes) : null, now, now);
    }
}
