namespace RemoteRendering.Sessions.Tests.Internal.Support;

/// <summary>A store of an application, which notes whose flow it runs on.</summary>
internal sealed class FlowStore(FlowSpy spy) : RenderingSessionStore
{
    public override Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default)
    {
        spy.Note("store load");
        return Task.FromResult<RenderingSessionRecord?>(null);
    }

    public override Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default)
    {
        spy.Note("store save");
        return Task.CompletedTask;
    }

    public override Task ClearAsync(CancellationToken cancellationToken = default)
    {
        spy.Note("store clear");
        return Task.CompletedTask;
    }
}
