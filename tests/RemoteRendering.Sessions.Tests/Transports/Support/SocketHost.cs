using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Transports.Support;

/// <summary>Accepts one WebSocket over a real TCP connection, notes the headers of its request, and echoes messages.</summary>
internal sealed class SocketHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private readonly string? _subProtocol;

    public SocketHost(string? subProtocol)
    {
        _subProtocol = subProtocol;
        _listener.Start();
        Address = new Uri($"ws://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Gets the headers of the request. The default is null: no client has connected.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await ConnectionHarness.Within(_serving);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
            await using NetworkStream stream = client.GetStream();
            await UpgradeAsync(stream);
            using var socket =
                WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = _subProtocol });
            await EchoAsync(socket);
        }
        catch (Exception exception) when (exception is WebSocketException or SocketException or OperationCanceledException or IOException)
        {
            // The client cut the wire, or the test is over.
        }
    }

    private async Task UpgradeAsync(NetworkStream stream)
    {
        Dictionary<string, string> headers = await ReadHeadersAsync(stream);
        Headers = headers;
#pragma warning disable CA5350 // RFC 6455 wants SHA-1.
        byte[] digest = SHA1.HashData(Encoding.ASCII.GetBytes(headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        string selected = _subProtocol is null ? "" : $"Sec-WebSocket-Protocol: {_subProtocol}\r\n";
        string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {Convert.ToBase64String(digest)}\r\n{selected}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _end.Token);
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(NetworkStream stream)
    {
        // A client sends nothing behind its request before the answer, so the reader cannot take bytes of the socket.
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await reader.ReadLineAsync(_end.Token);
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, _end.Token);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, _end.Token);
        }
    }
}
