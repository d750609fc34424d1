using System.Diagnostics;
using System.Runtime;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// Compares operations on a machine that others use too: batches of all in turn, shorter than a time slice, so that most are not
/// interrupted and whatever else the machine does falls on all alike; then the median over the rounds of the ratio to the first.
/// </summary>
internal sealed class Contest
{
    private readonly List<Entrant> _entrants = [];

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets the minimum warm-up time; the warm-up ends when the compiler is idle, at the latest after four times as long.
    /// </summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Gets how long one batch should take.</summary>
    public TimeSpan Batch { get; init; } = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Adds an operation; the first one is what the others are compared to.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="run">Runs it a number of times.</param>
    public Contest Add(string name, Func<int, Task> run)
    {
        _entrants.Add(new Entrant(name, run));
        return this;
    }

    public async Task<ContestResult> RunAsync()
    {
        await WarmUpAsync();
        long start = Stopwatch.GetTimestamp();
        int rounds = 0;
        while (Stopwatch.GetElapsedTime(start) < Duration || rounds < 11)
        {
            // Every other round goes backwards, so that none always comes after the same one.
            for (int i = 0; i < _entrants.Count; i++)
            {
                Entrant entrant = _entrants[rounds % 2 == 0 ? i : _entrants.Count - 1 - i];
                entrant.Costs.Add(await MeasureAsync(entrant));
            }

            rounds++;
        }

        var result = new ContestResult([.. _entrants.Select(static entrant => (entrant.Name, (IReadOnlyList<Cost>)entrant.Costs))]);
        result.Print();
        return result;
    }

    private static async Task<Cost> MeasureAsync(Entrant entrant)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await entrant.Run(entrant.BatchSize);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Cost(elapsed.TotalNanoseconds / entrant.BatchSize, (double)bytes / entrant.BatchSize);
    }

    /// <summary>Until the last tier of the compiler has come, and to find out how many operations make a batch.</summary>
    private async Task WarmUpAsync()
    {
        TimeSpan quiet = TimeSpan.FromMilliseconds(500);
        long start = Stopwatch.GetTimestamp();
        long compiledAt = start;
        long compiled = JitInfo.GetCompiledMethodCount();
        while (Stopwatch.GetElapsedTime(start) is var elapsed
            && (elapsed < WarmUp || (elapsed < 4 * WarmUp && Stopwatch.GetElapsedTime(compiledAt) < quiet)))
        {
            foreach (Entrant entrant in _entrants)
            {
                entrant.Calibrate((await MeasureAsync(entrant)).Nanoseconds, Batch);
            }

            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                compiled = now;
                compiledAt = Stopwatch.GetTimestamp();
            }
        }
    }

    private sealed class Entrant(string name, Func<int, Task> run)
    {
        private double _fastest = double.MaxValue;

        public string Name { get; } = name;

        public Func<int, Task> Run { get; } = run;

        public int BatchSize { get; private set; } = 1;

        public List<Cost> Costs { get; } = [];

        public void Calibrate(double nanoseconds, TimeSpan batch)
        {
            _fastest = Math.Min(_fastest, nanoseconds);
            BatchSize = Math.Clamp((int)(batch.TotalNanoseconds / _fastest), 1, 10_000_000);
        }
    }
}
