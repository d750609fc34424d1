using System.Diagnostics;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>How long a session takes out of a warm pool, with many concurrent takers.</summary>
internal sealed class PoolTakeFigure : Figure
{
    private const int Sessions = 1_000;

    public override string Name => "pool-take";

    public override string Meaning => "time to take a session out of a warm pool: 99th percentile of 1,000 concurrent takers, in-process";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        var lease = TimeSpan.FromHours(1);
        await using var pool = new RenderingSessionPool(
            emulator.CreateClient(), new RenderingSessionPoolOptions(Sessions, lease, Sessions * lease) { MaxParallelStarts = 64 });
        while (pool.ReadyCount < Sessions)
        {
            await Task.Delay(20);
        }

        var times = new double[Sessions];
        string[] ids = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(i => Task.Run(async () =>
        {
            long start = Stopwatch.GetTimestamp();
            RenderingSession session = await pool.TakeAsync();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return session.SessionUuid;
        })));
        Array.Sort(times);
        return
        [
            FigurePart.Less(times[Sessions * 99 / 100], " ms", 5),
            FigurePart.Rule($"{ids.Distinct().Count()} of {Sessions} different", ids.Distinct().Count() == Sessions),
        ];
    }
}
