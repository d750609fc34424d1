using System.Net.WebSockets;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class IdleConnectionFigure : Figure
{
    private const int Connections = 100;

    public override string Name => "idle-connection";

    public override string Meaning
        => "memory that one idle connection over loopback keeps on the client, WebSocket and handle's share included; and a bare "
            + "ClientWebSocket for comparison";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        await using ServerProcess servers = await ServerProcess.StartAsync();
        RemoteRenderingClient client = servers.CreateClient();

        // The first ones fill caches and pools.
        await DisposeAllAsync(await OpenSessionsAsync(client, 20, connect: true));
        foreach (ClientWebSocket socket in await OpenSocketsAsync(servers, 20))
        {
            socket.Dispose();
        }

        long empty = Heap.Retained();
        List<ClientWebSocket> sockets = await OpenSocketsAsync(servers, Connections);
        double bare = (double)(Heap.Retained() - empty) / Connections;
        sockets.ForEach(static socket => socket.Dispose());

        List<RenderingSession> sessions = await OpenSessionsAsync(client, Connections, connect: false);
        empty = Heap.Retained();
        foreach (RenderingSession session in sessions)
        {
            await Sessions.EchoAsync(await session.ConnectAsync(), "hello");
        }

        double ours = (double)(Heap.Retained() - empty) / Connections;
        bool held = sessions.TrueForAll(static session => session.IsConnected);
        await DisposeAllAsync(sessions);
        Console.WriteLine(
            FormattableString.Invariant($"  bare ClientWebSocket {bare:N0} B, our connection {ours:N0} B; {Connections} of each"));
        return
        [
            FigurePart.AtMost(ours / 1024, " KB", 24, "0.0"),
            FigurePart.Unbounded(bare / 1024, " KB of it a bare ClientWebSocket", "0.0"),
            FigurePart.Rule("all connected", held),
        ];
    }

    private static async Task<List<RenderingSession>> OpenSessionsAsync(RemoteRenderingClient client, int count, bool connect)
    {
        List<RenderingSession> sessions = [];
        for (int i = 0; i < count; i++)
        {
            RenderingSession session = await Sessions.CreateReadyAsync(client);
            if (connect)
            {
                await Sessions.EchoAsync(await session.ConnectAsync(), "hello");
            }

            sessions.Add(session);
        }

        return sessions;
    }

    private static async Task<List<ClientWebSocket>> OpenSocketsAsync(ServerProcess servers, int count)
    {
        List<ClientWebSocket> sockets = [];
        for (int i = 0; i < count; i++)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(YardstickServer.Echo(servers.Yardstick), CancellationToken.None);
            sockets.Add(socket);
        }

        return sockets;
    }

    private static async Task DisposeAllAsync(List<RenderingSession> sessions)
    {
        foreach (RenderingSession session in sessions)
        {
            await session.DisposeAsync();
        }
    }
}
