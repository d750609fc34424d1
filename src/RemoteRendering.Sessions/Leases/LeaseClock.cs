namespace RemoteRendering.Sessions;

/// <summary>
/// Narrows down the moment at which a session became ready, on the monotonic clock, from every answer of the service. Not thread-safe: its owner locks.
/// </summary>
internal sealed class LeaseClock(TimeProvider time)
{
    /// <summary>How far wall clock and monotonic clock may part, beyond a small share of the time passed, before a sleep or a clock step is assumed.</summary>
    private static readonly TimeSpan DoubtMargin = TimeSpan.FromSeconds(1);

    private readonly long _origin = time.GetTimestamp();
    private TimeSpan? _readyAfter;
    private TimeSpan? _readyBefore;
    private TimeSpan _startingAt = TimeSpan.MinValue;
    private TimeSpan _heardAt;
    private DateTimeOffset _heardAtWall;

    /// <summary>Takes in an answer.</summary>
    /// <param name="properties">What the service said.</param>
    /// <param name="sent">The timestamp at which the request left.</param>
    /// <param name="received">The timestamp at which the answer had arrived.</param>
    public void Observe(RenderingSessionProperties properties, long sent, long received)
    {
        TimeSpan left = Since(sent);
        TimeSpan arrived = Since(received);
        bool doubted = IsInDoubt();
        _heardAt = Now();
        _heardAtWall = time.GetUtcNow();
        if (properties.Status == RenderingSessionStatus.Starting)
        {
            _startingAt = left > _startingAt ? left : _startingAt;
            return;
        }

        if (properties.Status != RenderingSessionStatus.Ready)
        {
            return;
        }

        // At some moment between the two the service counted whole minutes, rounded down.
        TimeSpan minutes = properties.ElapsedTime ?? TimeSpan.Zero;
        TimeSpan after = left - minutes - TimeSpan.FromMinutes(1);
        TimeSpan before = arrived - minutes;
        if (_startingAt > after)
        {
            after = _startingAt;
        }

        if (!doubted && _readyAfter is { } knownAfter && _readyBefore is { } knownBefore)
        {
            after = after > knownAfter ? after : knownAfter;
            before = before < knownBefore ? before : knownBefore;
        }

        if (after > before)
        {
            // The answers contradict each other (a stale read, a clock that jumped): only the newest counts.
            after = left - minutes - TimeSpan.FromMinutes(1);
            before = arrived - minutes;
        }

        _readyAfter = after;
        _readyBefore = before;
    }

    public RenderingSessionLease Read(RenderingSessionStatus status, TimeSpan? maxLeaseTime)
    {
        if (status.IsTerminal)
        {
            return new RenderingSessionLease(maxLeaseTime, TimeSpan.Zero, TimeSpan.Zero, isInDoubt: false);
        }

        bool inDoubt = IsInDoubt();
        if (_readyAfter is not { } readyAfter || _readyBefore is not { } readyBefore || maxLeaseTime is not { } lease)
        {
            return new RenderingSessionLease(maxLeaseTime, null, null, inDoubt);
        }

        TimeSpan now = Now();
        TimeSpan atMost = Positive(readyBefore + lease - now);
        TimeSpan atLeast = inDoubt ? TimeSpan.Zero : Positive(readyAfter + lease - now);
        return new RenderingSessionLease(lease, atLeast, atMost, inDoubt);
    }

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : TimeSpan.Zero;

    private bool IsInDoubt()
    {
        if (_heardAtWall == default)
        {
            return false;
        }

        TimeSpan monotonic = Now() - _heardAt;
        TimeSpan wall = time.GetUtcNow() - _heardAtWall;
        TimeSpan tolerated = DoubtMargin + TimeSpan.FromTicks(monotonic.Ticks / 100);
        return (wall - monotonic).Duration() > tolerated;
    }

    private TimeSpan Now() => Since(time.GetTimestamp());

    private TimeSpan Since(long timestamp) => time.GetElapsedTime(_origin, timestamp);
}
