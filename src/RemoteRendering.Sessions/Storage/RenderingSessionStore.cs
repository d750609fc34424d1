namespace RemoteRendering.Sessions;

/// <summary>Where a client keeps which session it used last. Derive from it to keep that somewhere else than in a file. Members may be called from any thread, several at a time.</summary>
public abstract class RenderingSessionStore
{
    /// <summary>Reads the record.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record; <see langword="null"/> when there is none, or none that can be read.</returns>
    public abstract Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a record instead of the one before.</summary>
    /// <param name="record">The record. Its key is a secret.</param>
    /// <param name="cancellationToken">Cancels the call; then the one before is kept.</param>
    /// <returns>A task that completes when the record will survive a crash.</returns>
    public abstract Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default);

    /// <summary>Forgets the record. Forgetting nothing is a success.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when it is forgotten.</returns>
    public abstract Task ClearAsync(CancellationToken cancellationToken = default);
}
