using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Estimates the moment at which a session became ready, on the monotonic clock, from every answer of the service. Not thread-safe: its
/// owner locks.
/// </summary>
internal sealed class LeaseClock(TimeProvider time)
{
    /// <summary>
    /// The difference between wall clock and monotonic clock, beyond a small share of the time passed, above which a sleep or a clock step
    /// is assumed: 1 second.
    /// </summary>
    private static readonly TimeSpan DoubtMargin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// One part in this many is the tolerated drift between the clock of the service and that of this machine. Real clocks keep to a tenth
    /// of it.
    /// </summary>
    private const int ToleratedDrift = 1000;

    private readonly long _origin = time.GetTimestamp();
    private ReadinessBound? _readyAfter;
    private ReadinessBound? _readyBefore;
    private TimeSpan _startingAt = TimeSpan.MinValue;
    private Moment? _anchor;
    private bool _isDoubted;
    private Moment _sampled;
    private TimeSpan _hiddenSleep;

    /// <summary>Applies an answer.</summary>
    /// <param name="properties">The answer of the service.</param>
    /// <param name="sent">The moment the request was sent.</param>
    /// <param name="received">The moment the answer arrived.</param>
    public void Observe(RenderingSessionProperties properties, Moment sent, Moment received)
    {
        Sample(received);
        bool tornApart = HaveParted(sent, received);
        if (_isDoubted || tornApart || (_anchor is { } known && HaveParted(known, received)))
        {
            // The monotonic clock stood still for a while, so earlier measurements are invalid.
            _readyAfter = null;
            _readyBefore = null;
            _startingAt = TimeSpan.MinValue;
        }
        else
        {
            MoveBack(_hiddenSleep);
        }

        // An answer that was in flight while the clocks diverged is in doubt too.
        _isDoubted = tornApart;
        _anchor = tornApart ? received : sent;
        _hiddenSleep = TimeSpan.Zero;
        _sampled = sent;
        Sample(received);
        TimeSpan left = Since(sent.Timestamp);
        if (properties.Status == RenderingSessionStatus.Starting)
        {
            _startingAt = left > _startingAt ? left : _startingAt;
        }
        else if (properties.Status == RenderingSessionStatus.Ready)
        {
            Narrow(properties.ElapsedTime ?? TimeSpan.Zero, left, Since(received.Timestamp));
        }
    }

    /// <summary>Returns the state of a lease whose total is certain.</summary>
    public RenderingSessionLease Read(RenderingSessionStatus status, TimeSpan? maxLeaseTime)
        => Read(status, maxLeaseTime, maxLeaseTime, maxLeaseTime);

    /// <summary>Returns the state of a lease.</summary>
    public RenderingSessionLease Read(RenderingSessionStatus status, LeaseTotal total)
        => Read(status, total.Said, total.AtLeast, total.AtMost);

    private RenderingSessionLease Read(RenderingSessionStatus status, TimeSpan? said, TimeSpan? certain, TimeSpan? possible)
    {
        if (status.IsTerminal)
        {
            return new RenderingSessionLease(said, TimeSpan.Zero, TimeSpan.Zero, isInDoubt: false);
        }

        Moment moment = Moment.Now(time);
        Sample(moment);
        _isDoubted |= _anchor is { } anchor && HaveParted(anchor, moment);
        bool isTotalInDoubt = certain != possible;
        if (_readyAfter is not { } readyAfter || _readyBefore is not { } readyBefore || certain is not { } shortest
            || possible is not { } longest)
        {
            return new RenderingSessionLease(said, null, null, _isDoubted, isTotalInDoubt);
        }

        TimeSpan now = Since(moment.Timestamp);
        TimeSpan atMost = Positive(readyBefore.At + Drift(now - readyBefore.MeasuredAt) + longest - now);
        TimeSpan atLeast = _isDoubted
            ? TimeSpan.Zero
            : Positive(readyAfter.At - Drift(now - readyAfter.MeasuredAt) + shortest - now - _hiddenSleep);
        return new RenderingSessionLease(said, atLeast, atMost, _isDoubted, isTotalInDoubt);
    }

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;

    private static TimeSpan Drift(TimeSpan elapsed) => TimeSpan.FromTicks(elapsed.Ticks / ToleratedDrift);

    private void Narrow(TimeSpan minutes, TimeSpan left, TimeSpan arrived)
    {
        // The service counted whole minutes, rounded down, at some moment between the two.
        TimeSpan after = left - minutes - TimeSpan.FromMinutes(1);
        TimeSpan before = arrived - minutes;
        TimeSpan knownAfter = _readyAfter is { } lower ? lower.At - Drift(left - lower.MeasuredAt) : TimeSpan.MinValue;
        TimeSpan knownBefore = _readyBefore is { } upper ? upper.At + Drift(arrived - upper.MeasuredAt) : TimeSpan.MaxValue;
        knownAfter = knownAfter > _startingAt ? knownAfter : _startingAt;
        TimeSpan bestAfter = after > knownAfter ? after : knownAfter;
        TimeSpan bestBefore = before < knownBefore ? before : knownBefore;

        // Of answers that contradict each other (a stale read, a wrong clock) only the newest counts.
        bool agree = bestAfter <= bestBefore;
        _readyAfter = new ReadinessBound(agree ? bestAfter : after, left);
        _readyBefore = new ReadinessBound(agree ? bestBefore : before, arrived);
    }

    /// <summary>Returns whether the two clocks disagree about the time passed.</summary>
    private bool HaveParted(Moment earlier, Moment later)
    {
        TimeSpan monotonic = time.GetElapsedTime(earlier.Timestamp, later.Timestamp);
        TimeSpan wall = later.Wall - earlier.Wall;
        return (wall - monotonic).Duration() > DoubtMargin + Drift(monotonic);
    }

    /// <summary>
    /// Accumulates the time that the wall clock counted and the monotonic clock did not. Each part is too small for a doubt, but reduces
    /// the lease, even if the wall clock is set back later.
    /// </summary>
    private void Sample(Moment moment)
    {
        if (_anchor is not null)
        {
            _hiddenSleep += Positive(moment.Wall - _sampled.Wall - time.GetElapsedTime(_sampled.Timestamp, moment.Timestamp));
        }

        _sampled = moment;
    }

    /// <summary>Corrects earlier measurements by the time that the monotonic clock did not count.</summary>
    private void MoveBack(TimeSpan hidden)
    {
        if (_readyAfter is { } after)
        {
            _readyAfter = new ReadinessBound(after.At - hidden, after.MeasuredAt);
        }

        if (_startingAt != TimeSpan.MinValue)
        {
            _startingAt -= hidden;
        }
    }

    private TimeSpan Since(long timestamp) => time.GetElapsedTime(_origin, timestamp);

    /// <summary>A bound of the moment of readiness, and the time of its measurement, from which its tolerance grows.</summary>
    private readonly struct ReadinessBound(TimeSpan at, TimeSpan measuredAt)
    {
        public TimeSpan At { get; } = at;

        public TimeSpan MeasuredAt { get; } = measuredAt;
    }
}
