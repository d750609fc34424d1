namespace RemoteRendering.Sessions;

/// <summary>A session that waits in a pool for somebody to take it.</summary>
internal sealed class PooledSession(RenderingSession session) : IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>Gets a token that is cancelled when the session leaves the pool.</summary>
    public CancellationToken Left => _left.Token;

    public RenderingSession Session { get; } = session;

    /// <summary>The session leaves the pool: what becomes of it is no longer the pool's business.</summary>
    public void Dispose() => _left.Cancel();

    /// <summary>Whether it is alive, for all that is known, and has enough lease left.</summary>
    public bool IsGood(TimeSpan minRemaining)
        => Session.Status == RenderingSessionStatus.Ready && Session.Lease is { IsInDoubt: false } lease && (lease.RemainingAtLeast is not { } left || left >= minRemaining);
}
