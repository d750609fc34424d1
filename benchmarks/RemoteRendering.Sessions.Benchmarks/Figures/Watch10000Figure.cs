using System.Collections.Concurrent;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>What it takes to watch ten thousand sessions.</summary>
internal sealed class Watch10000Figure : Figure
{
    private const int Sessions = 10_000;
    private const int PageSize = 500;
    private const int Pages = Sessions / PageSize;

    public override string Name => "watch-10000";

    public override string Meaning
        => "watching 10,000 sessions of an account: requests for each interval, memory for each session, and changes lost or seen twice";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        await using ObservedEmulator place = await ObservedEmulator.StartAsync(static options => options.PageSize = PageSize);
        RemoteRenderingClient elsewhere = place.NewClient();
        for (int i = 0; i < Sessions; i++)
        {
            await place.CreateAsync(elsewhere, "s" + i, TimeSpan.FromHours(10));
        }

        long before = Heap.Retained();
        using var stop = new CancellationTokenSource();
        var changes = new ConcurrentQueue<(string Id, RenderingSessionChangeKinds Kinds)>();
        int created = 0;
        Task reading = Task.Run(async () =>
        {
            await foreach (RenderingSessionChange change in place.Client.WatchSessionsAsync(stop.Token))
            {
                if (change.Kinds == RenderingSessionChangeKinds.Created)
                {
                    created++;
                }
                else
                {
                    changes.Enqueue((change.SessionId, change.Kinds));
                }
            }
        });
        await place.PassUntilAsync(() => Volatile.Read(ref created) == Sessions, TimeSpan.FromMinutes(1));
        double each = (double)(Heap.Retained() - before) / Sessions;
        (int intervals, double perInterval) = await QuietAsync(place);
        List<(string Id, RenderingSessionChangeKinds Kinds)> expected = await DisturbAsync(place, elsewhere, changes);
        await stop.CancelAsync();
        await reading.ContinueWith(static _ => { }, TaskScheduler.Default);
        bool isExact = expected.OrderBy(static change => change.Id, StringComparer.Ordinal)
            .SequenceEqual(changes.OrderBy(static change => change.Id, StringComparer.Ordinal));
        return
        [
            FigurePart.AtMost(perInterval, $" requests in each of {intervals} intervals for {Pages} pages", Pages, "0.#"),
            FigurePart.AtMost(each, " B for each session", 1024, "0"),
            FigurePart.Rule($"{changes.Count} changes of {expected.Count} seen once", isExact && created == Sessions),
        ];
    }

    /// <summary>Ten minutes in which nothing happens.</summary>
    private static async Task<(int Intervals, double RequestsEach)> QuietAsync(ObservedEmulator place)
    {
        long before = place.Emulator.RequestCount;
        var times = new HashSet<long>();
        long seen = before;
        await place.PassUntilAsync(
            () =>
            {
                if (place.Emulator.RequestCount > seen)
                {
                    seen = place.Emulator.RequestCount;
                    times.Add(place.Time.GetTimestamp());
                }

                return false;
            },
            TimeSpan.FromMinutes(10));
        return (times.Count, (double)(place.Emulator.RequestCount - before) / times.Count);
    }

    private static async Task<List<(string Id, RenderingSessionChangeKinds Kinds)>> DisturbAsync(
        ObservedEmulator place, RemoteRenderingClient elsewhere, ConcurrentQueue<(string Id, RenderingSessionChangeKinds Kinds)> changes)
    {
        var random = new Random(7);
        var expected = new List<(string Id, RenderingSessionChangeKinds Kinds)>();
        foreach (int i in Enumerable.Range(0, 400).Select(_ => random.Next(Sessions)).Distinct())
        {
            if (random.Next(4) == 0)
            {
                place.Emulator.StopSession("s" + i);
                expected.Add(
                    ("s" + i, RenderingSessionChangeKinds.Status | RenderingSessionChangeKinds.Host | RenderingSessionChangeKinds.Ended));
            }
            else
            {
                await elsewhere.UpdateSessionAsync("s" + i, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(601.0)));
                expected.Add(("s" + i, RenderingSessionChangeKinds.Lease));
            }
        }

        await place.PassUntilAsync(() => changes.Count >= expected.Count, TimeSpan.FromMinutes(2));

        // What is seen twice is seen later.
        await place.PassUntilAsync(static () => false, TimeSpan.FromMinutes(2));
        return expected;
    }
}
