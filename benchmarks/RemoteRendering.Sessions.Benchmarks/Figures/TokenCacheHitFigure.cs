using RemoteRendering.Sessions.Pipeline.Tokens;
namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class TokenCacheHitFigure : Figure
{
    private const string Clock = "reading the clock";
    private const string Hit = "token from memory";

    public override string Name => "token-cache-hit";

    public override string Meaning
        => "getting the access token that is in memory: time against reading the clock, which it cannot do without, and bytes";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        TimeProvider time = TimeProvider.System;
        var tokens = new ExchangeTokenSource(
            static _ =>
                Task.FromResult(new ExchangedToken(CannedService.Token, TimeSpan.FromHours(24))), time, TimeSpan.FromMinutes(5),
                Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await tokens.GetTokenAsync(CancellationToken.None);
        long sum = 0;
        ContestResult result = await new Contest { Duration = TimeSpan.FromSeconds(3) }
            .Add(Clock, count =>
            {
                for (int i = 0; i < count; i++)
                {
                    sum += time.GetUtcNow().Ticks;
                }

                return Task.CompletedTask;
            })
            .Add(Hit, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    sum += (await tokens.GetTokenAsync(CancellationToken.None)).Token.Length;
                }
            })
            .RunAsync();
        GC.KeepAlive(sum);

        // The batch itself makes a task; per operation that rounds to nothing.
        return [
            FigurePart.Unbounded(result[Hit].Nanoseconds, " ns", "0"), FigurePart.Unbounded(result.TimeRatio(Hit, Clock), "x clock"),
            FigurePart.AtMost(Math.Round(result[Hit].Bytes, 1), " B", 0, "0")
        ];
    }
}
