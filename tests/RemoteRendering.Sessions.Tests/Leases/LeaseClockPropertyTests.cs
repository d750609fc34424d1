using CsCheck;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>A session whose true end is known, watched through slow answers, sleeps and clock steps.</summary>
public class LeaseClockPropertyTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(60);

    private enum Event
    {
        Pass,
        Read,
        Sleep,
        StepBack,
        ReadAcrossSleep,
    }

    private static readonly Gen<(Event, int)[]> History = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Event.Pass)), (5, Gen.Const(Event.Read)), (1, Gen.Const(Event.Sleep)), (1, Gen.Const(Event.StepBack)),
            (1, Gen.Const(Event.ReadAcrossSleep))),
        Gen.Frequency((1, Gen.Int[0, 1_500]), (2, Gen.Int[0, 90_000]))).Array[1, 40];

    [Fact]
    public void CertainRemainder_IsNeverMoreThanTheTruth_UnlessInDoubt()
        => History.Sample(
            history =>
            {
                var time = new VirtualTimeProvider();
                var clock = new LeaseClock(time);
                TimeSpan truth = TimeSpan.Zero;
                foreach ((Event what, int milliseconds) in history)
                {
                    var span = TimeSpan.FromMilliseconds(milliseconds);
                    Moment sent = Moment.Now(time);
                    switch (what)
                    {
                        case Event.Pass:
                            time.AdvanceAlone(span);
                            truth += span;
                            break;
                        case Event.Read:
                            // The service counts at some moment while the request is under way.
                            TimeSpan before = span / 3;
                            time.AdvanceAlone(span);
                            clock.Observe(Answer(truth + before), sent, Moment.Now(time));
                            truth += span;
                            break;
                        case Event.Sleep:
                            time.Suspend(span);
                            truth += span;
                            break;
                        case Event.StepBack:
                            time.StepWallClock(-span);
                            break;
                        case Event.ReadAcrossSleep:
                            RenderingSessionProperties answer = Answer(truth);
                            time.Suspend(span);
                            truth += span;
                            clock.Observe(answer, sent, Moment.Now(time));
                            break;
                    }

                    RenderingSessionLease lease = clock.Read(RenderingSessionStatus.Ready, Lease);
                    TimeSpan left = Lease > truth ? Lease - truth : TimeSpan.Zero;
                    Assert.True(lease.RemainingAtLeast is null || lease.RemainingAtLeast <= left, $"said {lease}, truth {left}");
                    Assert.True(
                        lease.IsInDoubt || lease.RemainingAtMost is null || lease.RemainingAtMost >= left, $"said {lease}, truth {left}");
                }
            },
            iter: 2_000);

    private static RenderingSessionProperties Answer(TimeSpan elapsed) => RemoteRenderingModelFactory.RenderingSessionProperties(
        "s1", RenderingSessionStatus.Ready, "Standard", elapsedTime: TimeSpan.FromMinutes(Math.Floor(elapsed.TotalMinutes)),
        maxLeaseTime: Lease);
}
