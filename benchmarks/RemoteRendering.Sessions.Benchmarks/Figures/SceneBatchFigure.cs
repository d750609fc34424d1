using System.Diagnostics;
using System.Numerics;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class SceneBatchFigure : Figure
{
    private const int Entities = 10_000;
    private const int TicksPerSecond = 60;
    private const string Ours = "our connection";
    private const string SignalR = "SignalR + MessagePack";

    public override string Name => "scene-batch";

    public override string Meaning
        => "10,000 entities with new full transforms, from the first write to the host's answer over loopback, servers in another process, "
            + "against SignalR + MessagePack; and 60 such ticks a second for 5 s";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        await using ServerProcess servers = await ServerProcess.StartAsync();
        await using HubConnection hub = new HubConnectionBuilder()
            .WithUrl(YardstickServer.Hub(servers.Yardstick), static options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
            })
            .AddMessagePackProtocol()
            .Build();
        await hub.StartAsync();
        RenderingSession session = await Sessions.CreateReadyAsync(servers.CreateClient());
        RenderingConnection connection = await session.ConnectAsync(new RenderingConnectionOptions { PumpCallbacks = true });
        bool refused = false;
        connection.SceneWritesRefused += (_, _) => refused = true;
        Entity[] entities = new Entity[Entities];
        var moved = new MovedEntity[Entities];
        for (int i = 0; i < Entities; i++)
        {
            entities[i] = connection.CreateEntity();
            moved[i] = new MovedEntity { Id = i, RotationW = 1 };
        }

        int tick = 0;
        ContestResult result = await new Contest { Batch = TimeSpan.FromMilliseconds(10), Duration = TimeSpan.FromSeconds(4) }
            .Add(SignalR, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    tick++;
                    foreach (MovedEntity entity in moved)
                    {
                        (entity.X, entity.Y, entity.Z) = (tick, 0.5, entity.Id);
                        (entity.RotationY, entity.RotationW) = (0.6f, 0.8f);
                        entity.ScaleX = entity.ScaleY = entity.ScaleZ = 1 + (tick * 0.001f);
                    }

                    await hub.InvokeAsync<int>(nameof(EchoHub.Move), moved);
                }
            })
            .Add(Ours, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Move(entities, ++tick);
                    connection.Update();
                    await connection.MeasureRoundTripAsync();
                }
            })
            .RunAsync();
        TimeSpan before = Environment.CpuUsage.TotalTime + servers.ProcessorTime;
        (int ticks, int waited) = await PaceAsync(connection, entities, tick);
        double cores = (Environment.CpuUsage.TotalTime + servers.ProcessorTime - before).TotalSeconds / (ticks - waited) * TicksPerSecond;
        connection.Update();
        int bytes = new MessagePackHubProtocol().GetMessageBytes(new InvocationMessage("1", nameof(EchoHub.Move), [moved])).Length;
        const double OurBytes = 16 + (Entities * 58.0);
        Console.WriteLine(
            FormattableString.Invariant(
                $"  {OurBytes:N0} B a tick, SignalR {bytes:N0} B; at {TicksPerSecond} ticks a second {ticks - waited} of {ticks} were sent at once, {waited} with a later one, because 2 batches were under way"));
        await session.DisposeAsync();
        return
        [
            FigurePart.Less(result.TimeRatio(Ours, SignalR), "x the time of SignalR + MessagePack", 1),
            FigurePart.Less(OurBytes / bytes, "x the bytes", 1),
            FigurePart.AtMost(OurBytes / Entities, " B for each moved entity", 64, "0.0"),
            FigurePart.AtMost(cores, $" cores for {TicksPerSecond} ticks a second, client and host together", 1),
            FigurePart.Rule("nothing refused", !refused),
        ];
    }

    private static async Task<(int Ticks, int Waited)> PaceAsync(RenderingConnection connection, Entity[] entities, int tick)
    {
        int ticks = 0;
        int waited = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksPerSecond));
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5) && await timer.WaitForNextTickAsync())
        {
            Move(entities, ++tick);
            waited += connection.Scene.Unanswered >= 2 ? 1 : 0;
            connection.Update();
            ticks++;
        }

        return (ticks, waited);
    }

    private static void Move(Entity[] entities, int tick)
    {
        for (int i = 0; i < entities.Length; i++)
        {
            entities[i].SetTransform(
                new Double3(tick, 0.5, i), new Quaternion(0, 0.6f, 0, (tick & 1) == 0 ? 0.8f : -0.8f), new Vector3(1 + (tick * 0.001f)));
        }
    }
}
