using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class RoundTripFigure : Figure
{
    private const string Bare = "bare ClientWebSocket echo";
    private const string BareToHost = "bare ClientWebSocket to the emulator's host";
    private const string Ours = "our connection";
    private const string SignalR = "SignalR client invoke";

    public override string Name => "round-trip";

    public override string Meaning
        => "one request and its answer over loopback, servers in another process: time against a bare ClientWebSocket echo of as many "
            + "bytes, and against the SignalR client's invoke";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        string text = new('x', 64);
        byte[] frame = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","method":"echo","params":"{{text}}","id":123456}""");
        await using ServerProcess servers = await ServerProcess.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(YardstickServer.Echo(servers.Yardstick), CancellationToken.None);
        await using HubConnection hub = new HubConnectionBuilder()
            .WithUrl(YardstickServer.Hub(servers.Yardstick), static options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
            })
            .Build();
        await hub.StartAsync();
        RenderingSession session = await Sessions.CreateReadyAsync(servers.CreateClient());
        RenderingConnection connection = await session.ConnectAsync();

        using var device = await BareDevice.BindAsync(await Sessions.CreateReadyAsync(session.Client), text);

        byte[] buffer = new byte[4096];
        ContestResult result = await new Contest { Batch = TimeSpan.FromMilliseconds(4), Duration = TimeSpan.FromSeconds(6) }
            .Add(Bare, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                    Check((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).Count == frame.Length);
                }
            })
            .Add(BareToHost, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    await device.EchoAsync();
                }
            })
            .Add(Ours, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Check(await Sessions.EchoAsync(connection, text) == text.Length);
                }
            })
            .Add(SignalR, async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Check((await hub.InvokeAsync<string>(nameof(EchoHub.Echo), text)).Length == text.Length);
                }
            })
            .RunAsync();
        await session.DisposeAsync();
        return
        [
            FigurePart.AtMost(result.TimeRatio(Ours, Bare), "x a bare echo", 1.3),
            FigurePart.Less(result.TimeRatio(Ours, SignalR), "x SignalR", 1),
            FigurePart.Unbounded(result[Ours].Bytes, " B on the client", "0"),
        ];
    }

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The answer is not what was sent.");
        }
    }
}
