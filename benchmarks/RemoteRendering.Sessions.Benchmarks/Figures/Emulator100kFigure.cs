using System.Diagnostics;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class Emulator100kFigure : Figure
{
    private const int Sessions = 100_000;

    public override string Name => "emulator-100k";

    public override string Meaning
        => "memory of an emulator with 100,000 sessions that were created over its REST API, default logs included";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        // Another one first, so that code and caches are not counted.
        await using (SessionEmulator first = await SessionEmulator.StartAsync())
        {
            await FillAsync(first, 100);
        }

        long before = Heap.Retained();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        long start = Stopwatch.GetTimestamp();
        await FillAsync(emulator, Sessions);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        double retained = (Heap.Retained() - before) / 1e6;
        int count = emulator.Sessions.Count;
        double workingSet = Environment.WorkingSet / 1e6;
        Console.WriteLine(FormattableString.Invariant(
            $"  {count:N0} sessions in {elapsed.TotalSeconds:0.0} s; {retained:0} MB alive, {retained * 1e6 / Sessions:0} B each; working set of the whole process {workingSet:0} MB"));
        return [
            FigurePart.AtMost(retained, " MB", 200, "0"),
            FigurePart.Rule(FormattableString.Invariant($"{count:N0} sessions"), count == Sessions)
        ];
    }

    private static async Task FillAsync(SessionEmulator emulator, int sessions)
    {
        using var http = new EmulatorRest(emulator);
        for (int i = 0; i < sessions; i++)
        {
            await http.CreateAsync(i);
        }
    }
}
