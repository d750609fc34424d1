namespace RemoteRendering.Sessions.Tests.Storage;

/// <summary>A store that survives nothing but the clients of a test.</summary>
internal sealed class MemoryStore : RenderingSessionStore
{
    public RenderingSessionRecord? Record { get; set; }

    public Exception? Failure { get; set; }

    public override Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default) => Task.FromResult(Record);

    public override Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default)
    {
        Record = Failure is null ? record : Record;
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }

    public override Task ClearAsync(CancellationToken cancellationToken = default)
    {
        Record = null;
        return Task.CompletedTask;
    }
}
