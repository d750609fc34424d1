namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>A transport with one link, to a host that exists only as its answers.</summary>
internal sealed class ScriptedTransport(TimeSpan keepAlive) : RenderingTransport
{
    public ScriptedLink Link { get; } = new(keepAlive);

    public override Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
        => Task.FromResult<RenderingTransportLink>(Link);
}
