namespace RemoteRendering.Sessions;

/// <summary>
/// Stores the last session that a client used. Derive from this class for another storage than a file. Members may be called from any
/// thread and concurrently.
/// </summary>
public abstract class RenderingSessionStore
{
    /// <summary>Reads the record.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record; <see langword="null"/> when there is none, or it cannot be read.</returns>
    public abstract Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Saves a record, which replaces the previous one.</summary>
    /// <param name="record">The record. It contains a secret key.</param>
    /// <param name="cancellationToken">Cancels the call. The previous record is then kept.</param>
    /// <returns>A task that completes when the record is durable.</returns>
    public abstract Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default);

    /// <summary>Deletes the record. Succeeds when there is none.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the record is deleted.</returns>
    public abstract Task ClearAsync(CancellationToken cancellationToken = default);
}
