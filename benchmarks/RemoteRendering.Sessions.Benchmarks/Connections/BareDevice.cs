using System.Net.WebSockets;
using System.Text;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// A ClientWebSocket that sends the messages of the host protocol and parses none: what a round trip to a host costs without a client
/// library.
/// </summary>
internal sealed class BareDevice : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _received = new byte[4096];
    private readonly string _text;
    private long _id;

    private BareDevice(string text) => _text = text;

    public static async Task<BareDevice> BindAsync(RenderingSession session, string text)
    {
        var device = new BareDevice(text);
        ServiceToken token = await session.Client.Tokens.GetTokenAsync(CancellationToken.None);
        device._socket.Options.AddSubProtocol(RenderingTransportContext.HostSubProtocol);
        device._socket.Options.SetRequestHeader("Authorization", token.AuthorizationHeader);
        await device._socket.ConnectAsync(
            new UriBuilder("ws", session.Properties.Hostname, session.Properties.HandshakePort!.Value).Uri, CancellationToken.None);
        string answer = await device.ExchangeAsync(
            $$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
                + $$$"""1,"sessionId":"{{{session.SessionUuid}}}","clientId":"bare","bindingKey":"{{{new string('a', 64)}}}","policy":"re"""
                + $$$"""sume","drainMs":0,"epoch":0,"answered":0}}""");
        return answer.Contains("\"epoch\":1", StringComparison.Ordinal)
            ? device
            : throw new InvalidOperationException("The host refused: " + answer);
    }

    public async Task EchoAsync()
    {
        _id++;
        string answer =
            await ExchangeAsync($$"""{"jsonrpc":"2.0","method":"echo","params":"{{_text}}","answered":{{_id - 1}},"id":{{_id}}}""");
        if (!answer.Contains(_text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The host said something else: " + answer);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ExchangeAsync(string message)
    {
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(message).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        while (true)
        {
            ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(_received.AsMemory(), CancellationToken.None);
            string answer = Encoding.UTF8.GetString(_received, 0, received.Count);
            if (!answer.Contains("\"keepAlive\"", StringComparison.Ordinal))
            {
                return answer;
            }
        }
    }
}
