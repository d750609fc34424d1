using System.Diagnostics;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class EmulatorStartFigure : Figure
{
    private const int Starts = 51;

    public override string Name => "emulator-start";

    public override string Meaning
        => "emulator in-process: from the start to the first answer that a client has in its hands, warm runtime, median";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        double cold = await StartAsync();
        List<double> warm = [];
        for (int i = 0; i < Starts; i++)
        {
            warm.Add(await StartAsync());
        }

        double median = Statistics.Median(warm);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  first start {cold:0} ms; then median {median:0.00} ms, 95th percentile {Statistics.Percentile(warm, 0.95):0.00} ms of {Starts} starts"));
        return [FigurePart.AtMost(median, " ms", 300)];
    }

    private static async Task<double> StartAsync()
    {
        long start = Stopwatch.GetTimestamp();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(5), RenderingSessionVmSize.Standard));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return session.Status == RenderingSessionStatus.Starting
            ? elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"The session is {session.Status}.");
    }
}
