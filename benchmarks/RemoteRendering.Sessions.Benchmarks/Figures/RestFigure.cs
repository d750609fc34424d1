namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// The ladder of one operation: raw HttpClient, bare Azure.Core pipeline, our client; all against a service that answers immediately.
/// </summary>
internal abstract class RestFigure : Figure
{
    protected const string Raw = "raw HttpClient + source-generated JSON";
    protected const string Pipeline = "bare Azure.Core pipeline";
    protected const string Ours = "our client";

    public sealed override async Task<IReadOnlyList<FigurePart>> MeasureAsync() => Parts(await Contest().RunAsync());

    protected abstract Contest Contest();

    protected virtual IReadOnlyList<FigurePart> Parts(ContestResult result)
        => [FigurePart.Unbounded(result.TimeRatio(Ours, Raw), "x time"), FigurePart.Unbounded(result.BytesRatio(Ours, Raw), "x bytes")];
}
