using System.Diagnostics;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class ReconnectFigure : Figure
{
    private const int Cuts = 31;

    public override string Name => "reconnect";

    public override string Meaning
        => "wire cut, host alive, over loopback: from the cut to the first answered request, with the default back-off, median; and "
            + "whether the scene was kept";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;
        });
        RemoteRenderingClient client = emulator.CreateClient();
        await MeasureAsync(emulator, client);
        List<double> times = [];
        int kept = 0;
        for (int i = 0; i < Cuts; i++)
        {
            (double milliseconds, bool sceneKept) = await MeasureAsync(emulator, client);
            times.Add(milliseconds);
            kept += sceneKept ? 1 : 0;
        }

        double median = Statistics.Median(times);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  median {median:0} ms, 95th percentile {Statistics.Percentile(times, 0.95):0} ms, longest {times.Max():0} ms of {Cuts} cuts"));
        return [
            FigurePart.AtMost(median, " ms", 300, "0"),
            FigurePart.Rule($"scene kept {kept} of {Cuts} times (must be every time)", kept == Cuts)
        ];
    }

    /// <summary>One cut of a connection that has not been cut before: a link that flaps is another matter.</summary>
    private static async Task<(double Milliseconds, bool SceneKept)> MeasureAsync(SessionEmulator emulator, RemoteRenderingClient client)
    {
        RenderingSession session = await Sessions.CreateReadyAsync(client);
        RenderingConnection connection = await session.ConnectAsync();
        await Sessions.EchoAsync(connection, "before");
        long seen = connection.LastChange.Number;
        long epoch = connection.Epoch;

        long start = Stopwatch.GetTimestamp();
        emulator.HostFaults.Cut(session.SessionUuid);
        RenderingConnectionChange change;
        do
        {
            change = await connection.WaitForChangeAsync(seen);
            seen = change.Number;
        }
        while (change.Status == ConnectionStatus.Reconnecting);

        await Sessions.EchoAsync(connection, "after");
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        bool kept = change is { Status: ConnectionStatus.Connected, SceneKept: true } && connection.Epoch == epoch && connection.Link == 2;
        await session.DisconnectAsync();
        await session.StopAsync();
        return (elapsed.TotalMilliseconds, kept);
    }
}
