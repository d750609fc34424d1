using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

/// <summary>The client's end of a link, driven frame by frame. A device's key follows from its client id.</summary>
internal sealed class TestDevice(InMemoryLinkEnd link, string clientId)
{
    /// <summary>
    /// How long a test waits in real time for something that must come; only a failing test waits this long. <c>RRS_PATIENCE</c> sets its
    /// seconds.
    /// </summary>
    public static readonly TimeSpan Patience =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("RRS_PATIENCE"), out int seconds) ? seconds : 20);

    private HostMessage? _front;

    public string ClientId => clientId;

    public string Key { get; set; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(clientId)));

    /// <summary>Which instance of the device this is; null for a device that does not say.</summary>
    public string? InstanceId { get; set; }

    public Task SendAsync(string text) => link.SendAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    public Task SendBytesAsync(byte[] text) => link.SendAsync(text).AsTask();

    public Task SendBinaryAsync(byte[] content) => link.SendBinaryAsync(content).AsTask();

    public Task SendBindAsync(
        long epoch = 0, bool takeOver = false, int drainMs = 0, long answered = 0, string session = HostFixture.Session,
        int protocol = 1) => SendAsync(
        $$$"""
        {"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":{{{protocol}}},"sessionId":"{{{session}}}","clientId":"{{{ClientId}}}",
        "bindingKey":"{{{Key}}}",{{{(InstanceId is null ? "" : $"\"instanceId\":\"{InstanceId}\",")}}}"policy":"{{{(takeOver ? "takeOver" : "resume")}}}","drainMs":{{{drainMs}}},"epoch":{{{epoch}}},"answered":{{{answered}}}}}
        """);

    public async Task<JsonElement> BindAsync(long epoch = 0, bool takeOver = false, int drainMs = 0, long answered = 0)
    {
        await SendBindAsync(epoch, takeOver, drainMs, answered);
        JsonElement answer = await ReceiveAsync();
        Assert.True(answer.TryGetProperty("result", out JsonElement result), answer.ToString());
        return result;
    }

    public async Task<JsonElement> BindRefusedAsync(long epoch = 0, bool takeOver = false)
    {
        await SendBindAsync(epoch, takeOver);
        JsonElement error = (await ReceiveAsync()).GetProperty("error");
        await ExpectCloseAsync(4403);
        return error;
    }

    public Task RequestAsync(long id, string method = "echo", string parameters = "null") =>
        SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");

    public Task NotifyAsync(string method, string parameters) =>
        SendAsync($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""");

    public async Task<JsonElement> CallAsync(long id, string method = "echo", string parameters = "null")
    {
        await RequestAsync(id, method, parameters);
        JsonElement answer = await ReceiveAsync();
        Assert.Equal(id, answer.GetProperty("id").GetInt64());
        return answer;
    }

    public async Task<JsonElement> ReceiveAsync()
    {
        HostMessage message = await ReceiveMessageAsync();
        Assert.True(message.Kind == HostMessageKind.Text, message.ToString());
        return JsonDocument.Parse(message.Payload).RootElement;
    }

    public async Task<JsonElement> ExpectGoodbyeAsync(string reason)
    {
        JsonElement frame = await ReceiveAsync();
        Assert.Equal("goodbye", frame.GetProperty("method").GetString());
        Assert.Equal(reason, frame.GetProperty("params").GetProperty("reason").GetString());
        return frame.GetProperty("params");
    }

    public async Task ExpectCloseAsync(int code)
    {
        HostMessage message = await ReceiveMessageAsync();
        Assert.True(message.Kind == HostMessageKind.Close, message.ToString() + Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Equal(code, message.CloseCode);
        await link.CloseAsync(1000, "");
    }

    /// <summary>Skips signs of life, and goodbyes, up to the first other frame, which stays in front.</summary>
    public async Task SkipKeepAlivesAsync(int count = int.MaxValue)
    {
        for (int i = 0; i < count; i++)
        {
            HostMessage message = await ReceiveMessageAsync();
            string text = Encoding.UTF8.GetString(message.Payload.Span);
            if (message.Kind != HostMessageKind.Text
                || !(text.Contains("\"method\":\"keepAlive\"", StringComparison.Ordinal)
                    || text.Contains("\"method\":\"goodbye\"", StringComparison.Ordinal)))
            {
                _front = message;
                return;
            }
        }
    }

    public async Task ExpectLostAsync() => Assert.Equal(HostMessageKind.Lost, (await ReceiveMessageAsync()).Kind);

    public Task CloseAsync() => link.CloseAsync(1000, "").AsTask();

    public void Cut() => link.Abort();

    public async Task<HostMessage> ReceiveMessageAsync()
    {
        if (_front is { } front)
        {
            _front = null;
            return front;
        }

        return await NextAsync();
    }

    private Task<HostMessage> NextAsync() => link.ReceiveAsync(int.MaxValue, CancellationToken.None).AsTask().WaitAsync(Patience);
}
