namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>How late Ready is noticed, and for how many requests.</summary>
internal sealed class NoticeReadyFigure : Figure
{
    private const int Boots = 60;

    /// <summary>What is learned is learned from ten boots.</summary>
    private const int Learned = 10;

    /// <summary>From here on boots take 9 to 10 seconds, in the second run of each seed.</summary>
    private const int Drift = 30;

    public override string Name => "notice-ready";

    public override string Meaning
        => "median delay with which Ready is noticed from the 11th boot on, and requests against a poll every 2 s; boots of 111-181 s, and "
            + "a run that drifts to 9-10 s midway; the worst of 10 seeds";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        double delay = 0;
        double share = 0;
        double first = 0;
        double driftDelay = 0;
        double driftShare = 0;
        for (int seed = 1; seed <= 10; seed++)
        {
            var random = new Random(seed);
            BootRun steady = await BootRun.MeasureAsync([.. Enumerable.Range(0, Boots).Select(_ => Long(random))]);
            BootRun drifting =
                await BootRun.MeasureAsync([.. Enumerable.Range(0, Boots).Select(i => i < Drift ? Long(random) : 9 + random.NextDouble())]);
            Console.WriteLine(FormattableString.Invariant(
                $"  seed {seed}: {steady.MedianDelay(Learned):0.00} s for {steady.RequestShare(Learned):0.00}x, first boots {steady.LongestDelay(Learned):0.0} s at most; drifting {drifting.MedianDelay(Learned):0.00} s for {drifting.RequestShare(Learned):0.00}x, after the drift {drifting.MedianDelay(Drift):0.00} s for {drifting.RequestShare(Drift):0.00}x"));
            delay = Math.Max(delay, steady.MedianDelay(Learned));
            share = Math.Max(share, steady.RequestShare(Learned));
            first = Math.Max(first, Math.Max(steady.LongestDelay(Learned), drifting.LongestDelay(Learned)));
            driftDelay = Math.Max(driftDelay, Math.Max(drifting.MedianDelay(Learned), drifting.MedianDelay(Drift)));
            driftShare = Math.Max(driftShare, drifting.RequestShare(Learned));
        }

        return
        [
            FigurePart.AtMost(delay, " s", 1),
            FigurePart.AtMost(share, "x the requests", 0.5),
            FigurePart.AtMost(driftDelay, " s with a drift", 1),
            FigurePart.AtMost(driftShare, "x the requests with a drift", 0.5),
            FigurePart.AtMost(first, " s at most on the first ten boots", 10, "0.0"),
        ];
    }

    private static double Long(Random random) => 111 + (random.NextDouble() * 70);
}
