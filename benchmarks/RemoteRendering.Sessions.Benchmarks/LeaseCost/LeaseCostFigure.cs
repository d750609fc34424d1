using System.Globalization;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Replays uses of sessions through ways to keep a lease, and adds up what each loses and wastes.</summary>
internal sealed class LeaseCostFigure : Figure
{
    private const int Traces = 10_000;

    /// <summary>The defaults of the library were chosen on the first set; the others are there to doubt them.</summary>
    private static readonly int[] FreshSets = [1_000_000, 2_000_000, 3_000_000, 4_000_000];

    /// <summary>
    /// A lease was lost in the sleep when the service answered for less than this long between the device's waking and the lease's end: no
    /// client could have kept it.
    /// </summary>
    private const int JustWoken = 15;

    public override string Name => "lease-cost";

    public override string Meaning
        => "leases lost while in use, and minutes paid after the last use, against the policies of the official clients; 10,000 traces";

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
                $"{result.Name,-28} {result.Lapses,7} {result.SleptThrough,14} {result.OverpaidMinutes,13:0} "
                    + $"{result.OverpaidMinutes / Traces,10:0.00} {result.Requests,10}"));
        }

        LeaseCostResult? best = official.Where(static result => result.Lapses == 0).MinBy(static result => result.OverpaidMinutes);
        int freshLapses = 0;
        foreach (int firstSeed in FreshSets)
        {
            LeaseCostResult fresh = Run("this library", static trace => new OurPolicy(trace), firstSeed);
            freshLapses += fresh.Lapses;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  traces from seed {firstSeed}: {fresh.Lapses} lapses, {fresh.SleptThrough} slept through, "
                    + $"{fresh.OverpaidMinutes / Traces:0.00} min overpaid per trace"));
        }

        int unnoticed = 0;
        UpdateBehavior[] behaviors = [UpdateBehavior.Late, UpdateBehavior.Never, UpdateBehavior.Mixed];
        foreach (UpdateBehavior behavior in behaviors)
        {
            LeaseCostResult result = Run("this library", static trace => new OurPolicy(trace), behavior: behavior);
            unnoticed += result.Unnoticed;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  service that applies updates {behavior}: {result.Unnoticed} unnoticed lapses, {result.Lapses} told, {result.Requests} "
                    + $"requests"));
        }

        IReadOnlyList<FigurePart> parts =
        [
            FigurePart.AtMost(ours.Lapses, " lapses", 0, "0"),
            FigurePart.AtMost(freshLapses, $" lapses in {FreshSets.Length} x 10,000 traces that the defaults were not chosen on", 0, "0"),
            FigurePart.AtMost(
                unnoticed,
                $" unnoticed lapses in {behaviors.Length} x 10,000 traces of services that apply updates late, never, or now and then", 0,
                "0"),
            best is null
                ? FigurePart.Rule("no official policy without a lapse", holds: true)
                : FigurePart.AtMost(
                    ours.OverpaidMinutes / best.OverpaidMinutes,
                    $"x the minutes overpaid by the best official policy without a lapse ({best.Name})", 0.5),
        ];
        return Task.FromResult(parts);
    }

    private static LeaseCostResult Run(
        string name, Func<LeaseTrace, LeasePolicy> make, int firstSeed = 1, UpdateBehavior behavior = UpdateBehavior.Immediate)
    {
        var result = new LeaseCostResult(name);
        for (int seed = firstSeed; seed < firstSeed + Traces; seed++)
        {
            var trace = LeaseTrace.Make(seed);
            Replay(trace, make(trace), result, behavior);
        }

        return result;
    }

    private static void Replay(LeaseTrace trace, LeasePolicy policy, LeaseCostResult result, UpdateBehavior behavior)
    {
        var lease = new SimulatedLease(trace, policy.FirstLease, behavior);
        int second = 0;
        for (; second < trace.AppEnds && second < lease.Minutes * 60 && !(policy.HasGivenUp && second < trace.UseEnds); second++)
        {
            lease.Pass(second);
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
        if (second >= lease.Minutes * 60 && second < trace.AppEnds && !trace.IsAsleep(second) && policy.Promises(second))
        {
            result.Unnoticed++;
            Console.WriteLine($"  {policy.GetType().Name} does not notice the end at {second} s in the trace of seed {trace.Seed}");
        }

        if (second < trace.UseEnds && (policy.HasGivenUp || second >= lease.Minutes * 60))
        {
            bool inSleep = trace.HasJustWoken(second, JustWoken);
            result.SleptThrough += inSleep ? 1 : 0;
            if (!inSleep)
            {
                result.Lapses++;
                if (behavior != UpdateBehavior.Immediate)
                {
                    return;
                }

                Console.WriteLine($"  {policy.GetType().Name} lapses at {second} s in the trace of seed {trace.Seed}");
            }
        }
        else if (trace.End != LeaseTrace.Ending.Stopped)
        {
            result.OverpaidMinutes += Math.Max(0, (lease.Minutes * 60) - trace.UseEnds) / 60.0;
        }
    }
}
