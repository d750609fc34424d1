using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// One service call must not cost more because there were others before it, or because there are many sessions: on the client, and in the
/// emulator when its logs are full.
/// </summary>
internal sealed class RestMemoryFigure : Figure
{
    private const int Few = 10;
    private const int Many = 10_000;
    private const int Sample = 200;
    private const int Samples = 20;

    /// <summary>
    /// What one request may allocate more than another, in bytes, because a step of it did not complete synchronously. It does not grow:
    /// anything that an emulator kept or walked for each of 10,000 sessions would be far above it.
    /// </summary>
    private const int Path = 256;

    public override string Name => "rest-memory";

    public override string Meaning
        => "bytes of one call after 10 and after 10,000 calls and sessions, and what stays in memory for each call";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        // Code that is compiled a second time may allocate less than before, so how often it ran would show. In the other process
        // everything is compiled once.
        if (!OneTierProcess.IsThis)
        {
            return await OneTierProcess.MeasureAsync(Name);
        }

        // What is made once, at the first call of a process.
        await MeasureClientAsync();
        await MeasureEmulatorAsync(Few);
        (double few, double many, double kept) = await MeasureClientAsync();
        double emulatorFew = await MeasureEmulatorAsync(Few);
        double emulatorMany = await MeasureEmulatorAsync(Many);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  client    {few:N1} B a call after {Few:N0} calls, {many:N1} B after {Many:N0}; {kept:N2} B kept for each call"));
        Console.WriteLine(
            FormattableString.Invariant(
                $"  emulator  {emulatorFew:N1} B a request with {Few:N0} sessions, {emulatorMany:N1} B with {Many:N0}"));
        return
        [
            FigurePart.Rule(
                FormattableString.Invariant($"client {few:0} B a call after {Few:N0} calls and {many:0} B after {Many:N0} (must be equal)"),
                Same(few, many)),
            FigurePart.AtMost(kept, " B kept for each call", 1),
            FigurePart.Rule(
                FormattableString.Invariant(
                    $"emulator {emulatorFew:0} B a request with {Few:N0} sessions and {emulatorMany:0} B with {Many:N0} (at most {Path} B apart)"),
                Math.Abs(emulatorFew - emulatorMany) <= Path),
        ];
    }

    /// <summary>Below half a byte is what the tool itself allocates now and then.</summary>
    private static bool Same(double few, double many) => Math.Abs(few - many) < 0.5;

    private static async Task<(double Few, double Many, double Kept)> MeasureClientAsync()
    {
        CannedService service = CannedService.Numbered();
        RemoteRenderingClient client = OurRest.Client(service);
        int number = 0;
        async Task<double> CallAsync(int count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
            {
                // Another session each time: the client must not remember those it has only read.
                service.Number = number++ % 100_000_000;
                await client.GetSessionPropertiesAsync(CannedService.NumberedId(service.Number));
            }

            return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
        }

        await CallAsync(Few);
        double few = await CallAsync(Sample);
        long retained = Heap.Retained();
        await CallAsync(Many);
        long growth = Heap.Retained() - retained;
        double many = await CallAsync(Sample);
        return (few, many, Math.Max(0, (double)growth / Many));
    }

    private static async Task<double> MeasureEmulatorAsync(int sessions)
    {
        const int LogCapacity = 64;
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.RequestLogCapacity = LogCapacity;
            options.HistoryCapacity = LogCapacity;
            options.BootTime = TimeSpan.Zero;
        });
        using var http = new EmulatorRest(emulator);
        for (int i = 0; i < sessions; i++)
        {
            await http.CreateAsync(i);
        }

        async Task<double> ReadAsync(int count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
            {
                await http.ReadAsync(i % Few);
            }

            return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
        }

        await ReadAsync(2 * LogCapacity);

        // The least of several samples: pools that a collection has emptied fill again at the cost of the calls that come next, and that is
        // not what a call costs.
        double least = double.MaxValue;
        for (int i = 0; i < Samples; i++)
        {
            least = Math.Min(least, await ReadAsync(Sample / Samples));
        }

        return least;
    }
}
