using System.Globalization;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Replays uses of sessions through ways to keep a lease, and adds up what each loses and wastes.</summary>
internal sealed class LeaseCostFigure : Figure
{
    private const int Traces = 10_000;

    /// <summary>A lease that had less than this left when the device woke was lost in the sleep.</summary>
    private const int JustWoken = 15;

    public override string Name => "lease-cost";

    public override string Meaning => "leases lost while in use, and minutes paid after the last use, against the policies of the official clients; 10,000 traces";

    public override Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        LeaseCostResult ours = Run("this library", static trace => new OurPolicy(trace));
        LeaseCostResult[] official =
        [
            Run("Unity component (+15 at 5)", static _ => new UnityServicePolicy()),
            Run("showcase (+20 at 20)", static _ => new ShowcasePolicy()),
            Run("asset tool (keeps 10)", static _ => new AssetToolPolicy()),
            Run("doubling", static _ => new DoublingPolicy()),
        ];
        Console.WriteLine($"{"policy",-28} {"lapses",7} {"slept through",14} {"overpaid min",13} {"per trace",10} {"requests",10}");
        foreach (LeaseCostResult result in official.Prepend(ours))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Name,-28} {result.Lapses,7} {result.SleptThrough,14} {result.OverpaidMinutes,13:0} {result.OverpaidMinutes / Traces,10:0.00} {result.Requests,10}"));
        }

        LeaseCostResult? best = official.Where(static result => result.Lapses == 0).MinBy(static result => result.OverpaidMinutes);
        IReadOnlyList<FigurePart> parts =
        [
            FigurePart.AtMost(ours.Lapses, " lapses", 0, "0"),
            best is null
                ? FigurePart.Rule("no official policy without a lapse", holds: true)
                : FigurePart.AtMost(ours.OverpaidMinutes / best.OverpaidMinutes, $"x the minutes overpaid by the best official policy without a lapse ({best.Name})", 0.5),
        ];
        return Task.FromResult(parts);
    }

    private static LeaseCostResult Run(string name, Func<LeaseTrace, LeasePolicy> make)
    {
        var result = new LeaseCostResult(name);
        for (int seed = 1; seed <= Traces; seed++)
        {
            var trace = LeaseTrace.Make(seed);
            Replay(trace, make(trace), result);
        }

        return result;
    }

    private static void Replay(LeaseTrace trace, LeasePolicy policy, LeaseCostResult result)
    {
        var lease = new SimulatedLease(trace, policy.FirstLease);
        int second = 0;
        for (; second < trace.AppEnds && second < lease.Minutes * 60; second++)
        {
            if (!trace.IsAsleep(second))
            {
                policy.Tick(lease, second, trace.IsConnected(second));
            }

            if (trace.End == LeaseTrace.Ending.Stopped && second + 1 == trace.UseEnds)
            {
                break;
            }
        }

        result.Requests += lease.Requests;
        if (second < trace.UseEnds && second >= lease.Minutes * 60)
        {
            bool inSleep = trace.IsAsleep(second) || trace.HasJustWoken(second, JustWoken);
            result.SleptThrough += inSleep ? 1 : 0;
            result.Lapses += inSleep ? 0 : 1;
        }
        else if (trace.End != LeaseTrace.Ending.Stopped)
        {
            result.OverpaidMinutes += Math.Max(0, (lease.Minutes * 60) - trace.UseEnds) / 60.0;
        }
    }
}
