namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class RestUpdateFigure : RestFigure
{
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(30);

    public override string Name => "rest-update";

    public override string Meaning
        => "UpdateSessionAsync, in-memory transport: time and bytes against raw HttpClient + source-generated JSON";

    protected override Contest Contest()
    {
        var raw = new RawRest(CannedService.OneSession());
        var pipeline = new PipelineRest(CannedService.OneSession());
        RemoteRenderingClient ours = OurRest.Client(CannedService.OneSession());
        return new Contest()
            .Add(Raw, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await raw.UpdateAsync(CannedService.SessionId, _lease);
                }
            })
            .Add(Pipeline, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await pipeline.UpdateAsync(CannedService.SessionId, _lease);
                }
            })
            .Add(Ours, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await ours.UpdateSessionAsync(CannedService.SessionId, new RenderingSessionUpdateOptions(_lease));
                }
            });
    }
}
