namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Every creation is of another session, so that ours makes a new handle each time.</summary>
internal sealed class RestCreateFigure : RestFigure
{
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(30);

    public override string Name => "rest-create";

    public override string Meaning
        => "CreateNewRenderingSessionAsync with its handle, in-memory transport: time and bytes against raw HttpClient + source-generated "
            + "JSON";

    protected override Contest Contest()
    {
        CannedService service = CannedService.Created();
        var raw = new RawRest(service);
        var pipeline = new PipelineRest(service);
        RemoteRenderingClient ours = OurRest.Client(service);
        return new Contest()
            .Add(Raw, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await raw.CreateAsync(CannedService.NumberedId(++service.Number), _lease, "Standard");
                }
            })
            .Add(Pipeline, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await pipeline.CreateAsync(CannedService.NumberedId(++service.Number), _lease, "Standard");
                }
            })
            .Add(Ours, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await ours.CreateNewRenderingSessionAsync(
                        new RenderingSessionCreationOptions(_lease, RenderingSessionVmSize.Standard)
                        {
                            SessionId = CannedService.NumberedId(++service.Number)
                        });
                }
            });
    }
}
