using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class LoadModelFigure : Figure
{
    private const int Side = 945;

    public override string Name => "load-model";

    public override string Meaning
        => "a GLB of 50 MB from an address into the scene, over loopback: signs of life, and memory at its peak against the file";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rrs-{Environment.ProcessId}.glb");
        try
        {
            await WriteGridAsync(path, Side);
            return await MeasureAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<IReadOnlyList<FigurePart>> MeasureAsync(string path)
    {
        long fileBytes = new FileInfo(path).Length;
        using var web = new FileWeb(path);
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;
            options.Scene.DownloadHandler = web;
        });
        RenderingSession session = await Sessions.CreateReadyAsync(emulator.CreateClient(new RemoteRenderingClientOptions()));
        using ClientWebSocket socket = await BindAsync(session);

        // Code, caches and the first pages are not the file's.
        await LoadAsync(socket, 1, "builtin://Engine", static () => { });
        Heap.Retained();
        long before = Environment.WorkingSet;
        long peak = before;
        var gaps = new List<double>();
        long last = Stopwatch.GetTimestamp();
        using (new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 5))
        {
            long began = last;
            string answer = await LoadAsync(socket, 2, "https://models.example.org/grid.glb", () =>
            {
                gaps.Add(Stopwatch.GetElapsedTime(last).TotalMilliseconds);
                last = Stopwatch.GetTimestamp();
            });
            Console.WriteLine(FormattableString.Invariant(
                $"  {fileBytes / 1e6:0.0} MB in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms, {gaps.Count} signs of life; {(peak - before) / 1e6:0} MB at the peak; {answer}"));
            gaps.Add(Stopwatch.GetElapsedTime(last).TotalMilliseconds);
        }

        return
        [
            FigurePart.AtMost((double)(peak - before) / fileBytes, "x the file in memory", 4),
            FigurePart.AtMost(gaps.Max(), " ms between signs of life", 250, "0"),
            FigurePart.Unbounded(Heap.Retained() / 1e6, " MB alive afterwards", "0"),
        ];
    }

    private static async Task<ClientWebSocket> BindAsync(RenderingSession session)
    {
        ServiceToken token = await session.Client.Tokens.GetTokenAsync(CancellationToken.None);
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(RenderingTransportContext.HostSubProtocol);
        socket.Options.SetRequestHeader("Authorization", token.AuthorizationHeader);
        await socket.ConnectAsync(
            new UriBuilder("ws", session.Properties.Hostname, session.Properties.HandshakePort!.Value).Uri, CancellationToken.None);
        await SendAsync(
            socket,
            $$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
                + $$$"""1,"sessionId":"{{{session.SessionUuid}}}","clientId":"bare","bindingKey":"{{{new string('a', 64)}}}","epoch":"""
                + $$$"""0,"answered":0}}""");
        await ReceiveAsync(socket);
        return socket;
    }

    private static async Task<string> LoadAsync(ClientWebSocket socket, int id, string uri, Action onProgress)
    {
        await SendAsync(socket, $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"loadModel","params":{"uri":"{{{uri}}}","parent":0}}""");
        while (true)
        {
            string frame = await ReceiveAsync(socket);
            if (frame.Contains("\"progress\"", StringComparison.Ordinal))
            {
                onProgress();
            }
            else if (frame.Contains($"\"id\":{id},", StringComparison.Ordinal))
            {
                return frame.Contains("\"result\"", StringComparison.Ordinal)
                    ? frame
                    : throw new InvalidOperationException("The host refused: " + frame);
            }
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(
            Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    /// <summary>Writes a grid with normals and texture coordinates: 32 bytes for each corner, 24 for the two triangles between.</summary>
    private static async Task WriteGridAsync(string path, int side)
    {
        int corners = side * side;
        int triangles = 2 * (side - 1) * (side - 1);
        int binary = (32 * corners) + (12 * triangles);
        string text = FormattableString.Invariant(
            $$$"""
            {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"name":"Grid","mesh":0}],
            "meshes":[{"primitives":[{"attributes":{"POSITION":0,"NORMAL":1,"TEXCOORD_0":2},"indices":3}]}],
            "accessors":[{"bufferView":0,"componentType":5126,"count":{{{corners}}},"type":"VEC3"},{"bufferView":1,"componentType":5126,"count":{{{corners}}},"type":"VEC3"},
            {"bufferView":2,"componentType":5126,"count":{{{corners}}},"type":"VEC2"},{"bufferView":3,"componentType":5125,"count":{{{3 * triangles}}},"type":"SCALAR"}],
            "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":{{{12 * corners}}}},{"buffer":0,"byteOffset":{{{12 * corners}}},"byteLength":{{{12 * corners}}}},
            {"buffer":0,"byteOffset":{{{24 * corners}}},"byteLength":{{{8 * corners}}}},{"buffer":0,"byteOffset":{{{32 * corners}}},"byteLength":{{{12 * triangles}}}}],
            "buffers":[{"byteLength":{{{binary}}}}]}
            """);
        text = text.PadRight((text.Length + 3) / 4 * 4);
        FileStream stream = File.Create(path, 1 << 20);
        await using (stream)
        {
            await using var writer = new BinaryWriter(stream);
            writer.Write("glTF"u8);
            writer.Write(2);
            writer.Write(28 + text.Length + binary);
            writer.Write(text.Length);
            writer.Write("JSON"u8);
            writer.Write(Encoding.UTF8.GetBytes(text));
            writer.Write(binary);
            writer.Write("BIN\0"u8);
            WriteBinary(writer, side, corners);
        }
    }

    private static void WriteBinary(BinaryWriter writer, int side, int corners)
    {
        for (int i = 0; i < corners; i++)
        {
            writer.Write((float)(i % side));
            writer.Write((float)Math.Sin(i * 0.01));
            writer.Write((float)(i / side));
        }

        for (int i = 0; i < corners; i++)
        {
            writer.Write(0f);
            writer.Write(1f);
            writer.Write(0f);
        }

        for (int i = 0; i < corners; i++)
        {
            writer.Write((float)(i % side) / side);
            writer.Write((float)(i / side) / side);
        }

        for (int row = 0; row < side - 1; row++)
        {
            for (int column = 0; column < side - 1; column++)
            {
                int corner = (row * side) + column;
                foreach (int index in (ReadOnlySpan<int>)[corner, corner + side, corner + 1, corner + 1, corner + side, corner + side + 1])
                {
                    writer.Write(index);
                }
            }
        }
    }

    /// <summary>Serves one file, straight from the disk, so that it takes no memory of its own.</summary>
    private sealed class FileWeb(string path) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(File.OpenRead(path)) });
    }
}
