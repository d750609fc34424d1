using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pooling;

/// <summary>Represents a session that waits in a pool to be taken. Mutable members are used under the lock of the pool.</summary>
/// <param name="session">The session.</param>
/// <param name="asked">The moment the pool requested it.</param>
internal sealed class PooledSession(RenderingSession session, Moment asked) : IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>Gets a token that is cancelled when the session leaves the pool.</summary>
    public CancellationToken Left => _left.Token;

    public RenderingSession Session { get; } = session;

    /// <summary>Gets or sets a value indicating whether the watch of the session has ended without a final status.</summary>
    public bool IsUnwatched { get; set; }

    /// <summary>Gets or sets a value indicating whether a read of the session is in flight.</summary>
    public bool IsBeingAsked { get; set; }

    /// <summary>Gets or sets the number of failed reads of the session.</summary>
    public int Failures { get; set; }

    /// <summary>Gets or sets the timestamp before which the session is not read again.</summary>
    public long NotBefore { get; set; } = long.MinValue;

    /// <summary>Gets a value indicating whether the session has ended.</summary>
    public bool HasEnded => Session.Status.IsTerminal;

    /// <summary>Removes the session from the pool, which no longer watches it.</summary>
    public void Dispose()
    {
        try
        {
            _left.Cancel();
        }
        catch (AggregateException)
        {
            // A callback of a transport or a credential threw, which is not reported through a pool.
        }
    }

    /// <summary>Returns the state of the session for a caller that needs the given remaining lease.</summary>
    public PooledSessionState StateFor(TimeSpan minRemaining)
    {
        if (Session.Status != RenderingSessionStatus.Ready)
        {
            return PooledSessionState.Bad;
        }

        RenderingSessionLease lease = Session.Lease;
        if (lease.IsInDoubt)
        {
            return lease.RemainingAtMost == TimeSpan.Zero ? PooledSessionState.Bad : PooledSessionState.Doubtful;
        }

        if (lease.RemainingAtLeast < minRemaining)
        {
            return PooledSessionState.Bad;
        }

        return IsUnwatched ? PooledSessionState.Doubtful : PooledSessionState.Good;
    }

    /// <summary>
    /// Returns the most lease that the session has used: by the whole minutes of the service when it has ended, by the clock of the lease
    /// while that is reliable, otherwise the time since it was requested.
    /// </summary>
    public TimeSpan Used(TimeProvider time)
    {
        RenderingSessionProperties properties = Session.Properties;
        if (properties.Status.IsTerminal)
        {
            return properties.ElapsedTime is { } elapsed ? elapsed + TimeSpan.FromMinutes(1) : Age(time);
        }

        return Session.Lease is { IsInDoubt: false, MaxLeaseTime: { } granted, RemainingAtLeast: { } left } ? granted - left : Age(time);
    }

    /// <summary>Returns the longer time of both clocks: one stands still during a sleep, the other can be set back.</summary>
    private TimeSpan Age(TimeProvider time)
    {
        var now = Moment.Now(time);
        TimeSpan monotonic = time.GetElapsedTime(asked.Timestamp, now.Timestamp);
        TimeSpan wall = now.Wall - asked.Wall;
        return wall > monotonic ? wall : monotonic;
    }
}
