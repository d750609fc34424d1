namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class List1000Figure : RestFigure
{
    private const int Sessions = 1000;
    private const int PageSize = 100;

    public override string Name => "list-1000";

    public override string Meaning
        => "GetCurrentRenderingSessionsAsync over 1,000 sessions in 10 pages, in-memory transport: time and bytes against raw HttpClient + "
            + "source-generated JSON";

    protected override Contest Contest()
    {
        var raw = new RawRest(CannedService.Listing(Sessions, PageSize));
        RemoteRenderingClient ours = OurRest.Client(CannedService.Listing(Sessions, PageSize));
        return new Contest()
            .Add(Raw, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Check(await raw.ListAsync());
                }
            })
            .Add(Ours, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    int seen = 0;
                    await foreach (RenderingSessionProperties _ in ours.GetCurrentRenderingSessionsAsync())
                    {
                        seen++;
                    }

                    Check(seen);
                }
            });
    }

    protected override IReadOnlyList<FigurePart> Parts(ContestResult result) =>
    [
        .. base.Parts(result),
        FigurePart.Unbounded(result[Ours].Nanoseconds / 1e6, " ms"),
        FigurePart.Unbounded(result[Ours].Bytes / Sessions, " B per session", "0"),
    ];

    private static void Check(int seen)
    {
        if (seen != Sessions)
        {
            throw new InvalidOperationException($"{seen} sessions were listed.");
        }
    }
}
