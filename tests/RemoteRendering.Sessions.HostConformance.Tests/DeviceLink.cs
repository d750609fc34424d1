using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>One link of a device, driven frame by frame over a plain WebSocket. A device's key follows from its client id.</summary>
public sealed class DeviceLink : IDisposable
{
    /// <summary>How long a case waits for a frame that must come, beyond what the protocol itself allows.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket;
    private readonly string _sessionId;
    private byte[] _buffer = new byte[8192];

    private DeviceLink(ClientWebSocket socket, string clientId, string sessionId)
    {
        _socket = socket;
        ClientId = clientId;
        _sessionId = sessionId;
        Key = KeyOf(clientId);
    }

    public string ClientId { get; set; }

    public string Key { get; set; }

    public string? SubProtocol => _socket.SubProtocol;

    public static string KeyOf(string clientId) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("key of " + clientId)));

    public static async Task<DeviceLink> OpenAsync(HostUnderTest host, string clientId, string sessionId)
    {
        ClientWebSocket socket = CreateSocket(host.Token);
        await socket.ConnectAsync(host.Address, CancellationToken.None).WaitAsync(Patience);
        return new DeviceLink(socket, clientId, sessionId);
    }

    public static ClientWebSocket CreateSocket(string? token)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("rrs.host.v1");
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        return socket;
    }

    public Task SendAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBytesAsync(byte[] content, WebSocketMessageType type, bool endOfMessage = true) =>
        _socket.SendAsync(content, type, endOfMessage, CancellationToken.None).WaitAsync(Patience);

    public Task SendBindAsync(
        long epoch = 0, long answered = 0, bool takeOver = false, int drainMs = 0, int protocol = 1, string? sessionId = null,
        string more = "") => SendAsync(
        $$$"""
        {"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":{{{protocol}}},"sessionId":"{{{sessionId ?? _sessionId}}}","clientId":"{{{ClientId}}}","bindingKey":"{{{Key}}}",
        "policy":"{{{(takeOver ? "takeOver" : "resume")}}}","drainMs":{{{drainMs}}},"epoch":{{{epoch}}},"answered":{{{answered}}}{{{more}}}}}
        """);

    public async Task<Binding> BindAsync(long epoch = 0, long answered = 0, bool takeOver = false, int drainMs = 0, string more = "")
    {
        await SendBindAsync(epoch, answered, takeOver, drainMs, more: more);
        return await ReceiveBoundAsync();
    }

    public async Task<Binding> ReceiveBoundAsync()
    {
        JsonElement answer = await ReceiveAsync();
        Assert.True(answer.TryGetProperty("result", out JsonElement result), $"The bind was refused: {answer}");
        return new Binding(result);
    }

    public async Task<JsonElement> ReceiveRefusalAsync(int code, string reason)
    {
        JsonElement answer = await ReceiveAsync();
        Assert.True(answer.TryGetProperty("error", out JsonElement error), $"The bind was not refused: {answer}");
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(reason, error.GetProperty("data").GetProperty("reason").GetString());
        await ExpectCloseAsync(4403);
        return error.GetProperty("data");
    }

    public Task RequestAsync(long id, string method = "echo", string parameters = "null") =>
        SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");

    public Task NotifyAsync(string method, string parameters) =>
        SendAsync($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""");

    public async Task<JsonElement> CallAsync(long id, string method = "echo", string parameters = "null")
    {
        await RequestAsync(id, method, parameters);
        JsonElement answer = await ReceiveAsync();
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        Assert.Equal(id, answer.GetProperty("id").GetInt64());
        return answer;
    }

    /// <summary>Leaves in order, so that the next case starts from a free session.</summary>
    public async Task LeaveAsync(long id)
    {
        JsonElement answer = await CallAsync(id, "unbind");
        Assert.Equal(JsonValueKind.Object, answer.GetProperty("result").ValueKind);
        await ExpectCloseAsync(1000);
    }

    /// <summary>Receives the next frame that is not a sign of life.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        while (true)
        {
            JsonElement frame = await ReceiveAnyAsync();
            if (!IsNotification(frame, "keepAlive"))
            {
                return frame;
            }
        }
    }

    /// <summary>Receives the next frame, signs of life included.</summary>
    public async Task<JsonElement> ReceiveAnyAsync()
    {
        (WebSocketMessageType type, int count) = await ReceiveMessageAsync();
        Assert.True(type == WebSocketMessageType.Text, $"A text frame was expected; the host sent {type} ({_socket.CloseStatus}).");
        using JsonDocument document = JsonDocument.Parse(_buffer.AsMemory(0, count));
        return document.RootElement.Clone();
    }

    /// <summary>Sends a binary request.</summary>
    public Task SendBinaryAsync(byte kind, uint argument, long id, params byte[] payload) => SendBytesAsync(
        [kind, 0, 0, 0, .. BitConverter.GetBytes(argument), .. BitConverter.GetBytes(id), .. payload], WebSocketMessageType.Binary);

    /// <summary>Receives the next binary frame; texts before it are skipped.</summary>
    public async Task<(byte Kind, uint Argument, long Id, byte[] Payload)> ReceiveBinaryAsync()
    {
        while (true)
        {
            (WebSocketMessageType type, int count) = await ReceiveMessageAsync();
            Assert.True(type != WebSocketMessageType.Close, $"A binary frame was expected; the host closed ({_socket.CloseStatus}).");
            if (type == WebSocketMessageType.Binary)
            {
                Assert.True(count >= 16, "A binary frame has a head of 16 bytes.");
                Assert.Equal([0, 0, 0], _buffer[1..4]);
                return (_buffer[0], BitConverter.ToUInt32(_buffer, 4), BitConverter.ToInt64(_buffer, 8), _buffer[16..count]);
            }
        }
    }

    /// <summary>Receives the answer to a request; notifications before it are skipped.</summary>
    public async Task<JsonElement> ReceiveAnswerAsync(long id)
    {
        while (true)
        {
            JsonElement frame = await ReceiveAsync();
            if (frame.TryGetProperty("id", out JsonElement answered))
            {
                Assert.Equal(id, answered.GetInt64());
                return frame;
            }
        }
    }

    public async Task<JsonElement> ExpectGoodbyeAsync(string reason)
    {
        JsonElement frame = await ReceiveAsync();
        Assert.True(IsNotification(frame, "goodbye"), $"A goodbye was expected: {frame}");
        JsonElement parameters = frame.GetProperty("params");
        Assert.Equal(reason, parameters.GetProperty("reason").GetString());
        return parameters;
    }

    /// <summary>Expects the host to close, after whatever it still has to say.</summary>
    public async Task<IReadOnlyList<JsonElement>> ExpectCloseAsync(int code)
    {
        var before = new List<JsonElement>();
        while (true)
        {
            (WebSocketMessageType type, int count) = await ReceiveMessageAsync();
            if (type == WebSocketMessageType.Close)
            {
                Assert.Equal(code, (int?)_socket.CloseStatus);
                await CloseOutputAsync();
                return before;
            }

            using JsonDocument document = JsonDocument.Parse(_buffer.AsMemory(0, count));
            before.Add(document.RootElement.Clone());
        }
    }

    public async Task CloseOutputAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);
        }
        catch (WebSocketException)
        {
            // A host may break the line right behind its close.
        }
    }

    /// <summary>Cuts the link without a close.</summary>
    public void Cut() => _socket.Abort();

    public void Dispose() => _socket.Dispose();

    private static bool IsNotification(JsonElement frame, string method) =>
        frame.TryGetProperty("method", out JsonElement name) && name.GetString() == method && !frame.TryGetProperty("id", out _);

    private async Task<(WebSocketMessageType Type, int Count)> ReceiveMessageAsync()
    {
        int count = 0;
        while (true)
        {
            if (count == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(_buffer.AsMemory(count), CancellationToken.None).AsTask()
                .WaitAsync(Patience);
            count += result.Count;
            if (result.EndOfMessage || result.MessageType == WebSocketMessageType.Close)
            {
                return (result.MessageType, count);
            }
        }
    }
}
