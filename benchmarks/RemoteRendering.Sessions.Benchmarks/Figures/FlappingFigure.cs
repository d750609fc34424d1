using Microsoft.AspNetCore.SignalR.Client;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>In real time: ten seconds, several concurrent connections, because the back-off is random.</summary>
internal sealed class FlappingFigure : Figure
{
    private const int Connections = 16;
    private static readonly TimeSpan _lifetime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(10);

    public override string Name => "flapping";

    public override string Meaning
        => "attempts in 10 s on a link that is cut 50 ms after every connect: the most of 16 connections over loopback, and SignalR's "
            + "client in the same time";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        Task<int> signalR = FlapSignalRAsync();
        int[] attempts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(static _ => FlapAsync()));
        Console.WriteLine($"  attempts of each connection: {string.Join(' ', attempts.Order())}; SignalR's client: {await signalR}");
        return [FigurePart.AtMost(attempts.Max(), " attempts", 12, "0"), FigurePart.Unbounded(await signalR, " by SignalR's client", "0")];
    }

    private static async Task<int> FlapAsync()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;
        });
        RenderingSession session = await Sessions.CreateReadyAsync(emulator.CreateClient());
        emulator.HostFaults.CutAfterBind(_lifetime);
        await session.ConnectAsync();
        await Task.Delay(_duration);
        int attempts = emulator.HostFaults.UpgradeCount;
        await session.DisposeAsync();
        return attempts;
    }

    private static async Task<int> FlapSignalRAsync()
    {
        await using YardstickServer server = await YardstickServer.StartAsync();
        server.Wire.CutAfter = _lifetime;
        await using HubConnection connection = new HubConnectionBuilder().WithUrl(YardstickServer.Hub(server.Address))
            .WithAutomaticReconnect().Build();
        await connection.StartAsync();
        await Task.Delay(_duration);
        return server.Wire.Connections;
    }
}
