namespace RemoteRendering.Sessions.Tests.Storage.Support;

/// <summary>A store of an application that does what a test says before it answers.</summary>
/// <param name="call">Told which call it is: load, save or clear.</param>
internal sealed class FaultyStore(Func<string, Task> call) : RenderingSessionStore
{
    public RenderingSessionRecord? Record { get; set; }

    public override async Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default)
    {
        await call("load");
        return Record;
    }

    public override async Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default)
    {
        await call("save");
        Record = record;
    }

    public override async Task ClearAsync(CancellationToken cancellationToken = default)
    {
        await call("clear");
        Record = null;
    }
}
