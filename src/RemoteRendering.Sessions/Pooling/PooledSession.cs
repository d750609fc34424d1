using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pooling;

/// <summary>A session that waits in a pool for somebody to take it. What changes is used under the lock of the pool.</summary>
/// <param name="session">The session.</param>
/// <param name="asked">When the pool asked for it.</param>
internal sealed class PooledSession(RenderingSession session, Moment asked) : IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>Gets a token that is cancelled when the session leaves the pool.</summary>
    public CancellationToken Left => _left.Token;

    public RenderingSession Session { get; } = session;

    /// <summary>Gets or sets a value indicating whether the service knows it no more.</summary>
    public bool IsGone { get; set; }

    /// <summary>Gets or sets a value indicating whether its watch has ended without saying how the session is.</summary>
    public bool IsUnwatched { get; set; }

    /// <summary>Gets or sets a value indicating whether the service is being asked about it.</summary>
    public bool IsBeingAsked { get; set; }

    /// <summary>Gets or sets how often the service could not be asked about it.</summary>
    public int Failures { get; set; }

    /// <summary>Gets or sets the timestamp before which the service is not asked about it again.</summary>
    public long NotBefore { get; set; } = long.MinValue;

    /// <summary>Gets a value indicating whether there is nothing left to stop.</summary>
    public bool HasEnded => IsGone || Session.Status.IsTerminal;

    /// <summary>The session leaves the pool: what becomes of it is no longer the pool's business.</summary>
    public void Dispose()
    {
        try
        {
            _left.Cancel();
        }
        catch (AggregateException)
        {
            // A callback of a transport or a credential, which is not told through a pool.
        }
    }

    /// <summary>How it is, for all that is known, to somebody who needs some lease to be left.</summary>
    public PooledSessionState StateFor(TimeSpan minRemaining)
    {
        if (IsGone || Session.Status != RenderingSessionStatus.Ready)
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

    /// <summary>How much lease it has used, at most: by the service's whole minutes when it has ended, by the clock of the lease while that can be trusted, else all the time since it was asked for.</summary>
    public TimeSpan Used(TimeProvider time)
    {
        RenderingSessionProperties properties = Session.Properties;
        if (properties.Status.IsTerminal)
        {
            return properties.ElapsedTime is { } elapsed ? elapsed + TimeSpan.FromMinutes(1) : Age(time);
        }

        return !IsGone && Session.Lease is { IsInDoubt: false, MaxLeaseTime: { } granted, RemainingAtLeast: { } left } ? granted - left : Age(time);
    }

    /// <summary>One of the clocks stands still in a sleep, the other can be set back: the longer time counts.</summary>
    private TimeSpan Age(TimeProvider time)
    {
        var now = Moment.Now(time);
        TimeSpan monotonic = time.GetElapsedTime(asked.Timestamp, now.Timestamp);
        TimeSpan wall = now.Wall - asked.Wall;
        return wall > monotonic ? wall : monotonic;
    }
}
