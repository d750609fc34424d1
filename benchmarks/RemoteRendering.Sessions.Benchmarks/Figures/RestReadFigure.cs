namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class RestReadFigure : RestFigure
{
    public override string Name => "rest-read";

    public override string Meaning
        => "GetSessionPropertiesAsync, in-memory transport: time and bytes against raw HttpClient + source-generated JSON";

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
                    await raw.ReadAsync(CannedService.SessionId);
                }
            })
            .Add(Pipeline, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await pipeline.ReadAsync(CannedService.SessionId);
                }
            })
            .Add(Ours, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await ours.GetSessionPropertiesAsync(CannedService.SessionId);
                }
            });
    }

    protected override IReadOnlyList<FigurePart> Parts(ContestResult result)
        => [
            FigurePart.AtMost(result.TimeRatio(Ours, Raw), "x time", 2.2), FigurePart.AtMost(result.BytesRatio(Ours, Raw), "x bytes", 1.75)
        ];
}
