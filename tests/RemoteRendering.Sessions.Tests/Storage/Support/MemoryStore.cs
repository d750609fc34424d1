namespace RemoteRendering.Sessions.Tests.Storage.Support;

/// <summary>A store that survives nothing but the clients of a test.</summary>
internal sealed class MemoryStore : RenderingSessionStore
{
    public RenderingSessionRecord? Record { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Gets or sets what a save waits for.</summary>
    public Task Slowness { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets what happens just before the record is cleared.</summary>
    public Func<Task> BeforeClear { get; set; } = static () => Task.CompletedTask;

    public override Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default) => Task.FromResult(Record);

    public override async Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default)
    {
        await Slowness;
        Record = Failure is null ? record : throw Failure;
    }

    public override async Task ClearAsync(CancellationToken cancellationToken = default)
    {
        await BeforeClear();
        Record = null;
    }
}
