using System.Diagnostics;
using System.Numerics;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class SceneWritesFigure : Figure
{
    private const int Entities = 10_000;
    private const int WritesEach = 10;
    private const int Ticks = 100;

    public override string Name => "scene-writes";

    public override string Meaning
        => "writes to the scene in steady state, 10 to each of 10,000 entities between two ticks, over a transport that allocates nothing "
            + "itself: how many a second, flushes included, and bytes allocated";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        var transport = new ScriptedTransport(TimeSpan.FromSeconds(5));
        RemoteRenderingClientOptions options = OurRest.Options(CannedService.OneSession());
        options.TimeProvider = new StillClock();
        options.ConnectionTransport = transport;
        RenderingSession session = await OurRest.Client(options).OpenRenderingSessionAsync(CannedService.SessionId);
        RenderingConnection connection =
            await session.ConnectAsync(new RenderingConnectionOptions { DisconnectTimeout = TimeSpan.Zero, PumpCallbacks = true });
        Entity[] entities = new Entity[Entities];
        for (int i = 0; i < Entities; i++)
        {
            entities[i] = connection.CreateEntity();
        }

        connection.Update();
        Run(connection, entities, 0, out _);
        Run(connection, entities, Ticks, out _);
        long sent = transport.Link.BatchBytes;
        TimeSpan elapsed = Run(connection, entities, 2 * Ticks, out long bytes);
        sent = transport.Link.BatchBytes - sent;
        double perSecond = Entities * WritesEach * Ticks / elapsed.TotalSeconds;
        double perEntity = (double)sent / (Entities * Ticks);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  {bytes:N0} B allocated for {Entities * WritesEach * Ticks:N0} writes, {elapsed.TotalNanoseconds / (Entities * WritesEach * Ticks):0} ns each; {elapsed.TotalMilliseconds / Ticks:0.00} ms a tick"));
        await session.DisposeAsync();
        return
        [
            FigurePart.AtMost((double)bytes / (Entities * WritesEach * Ticks), " B a write", 0, "0.####"),
            FigurePart.Rule(FormattableString.Invariant($"{perSecond / 1e6:0.0} million writes a second (at least 1)"), perSecond >= 1e6),
            FigurePart.AtMost(perEntity, " B on the wire for each moved entity", 64, "0.0"),
        ];
    }

    private static TimeSpan Run(RenderingConnection connection, Entity[] entities, int from, out long bytes)
    {
        long start = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int tick = from + 1; tick <= from + Ticks; tick++)
        {
            for (int round = 1; round <= WritesEach; round++)
            {
                for (int i = 0; i < entities.Length; i++)
                {
                    entities[i].SetTransform(
                        new Double3(tick, round, i), new Quaternion(0, 0.6f, 0, (tick & 1) == 0 ? 0.8f : -0.8f),
                        new Vector3(1 + (tick * 0.001f)));
                }
            }

            connection.Update();
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return Stopwatch.GetElapsedTime(start);
    }
}
