using System.Net.WebSockets;
using System.Text;

namespace OwnHost;

/// <summary>A device that sends and receives whole text messages.</summary>
internal sealed class Device : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public async Task ConnectAsync(Uri address, string token)
    {
        _socket.Options.AddSubProtocol("rrs.host.v1");
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await _socket.ConnectAsync(address, CancellationToken.None);
    }

    public async Task<string> CallAsync(string request)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
