using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Hosting;

/// <summary>WebSockets to the host, at the address that the service gives for a session.</summary>
public sealed class HostUpgradeTests
{
    private const string Bind =
        """{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
        + """1,"sessionId":"s","clientId":"d","bindingKey":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","policy":"r"""
        + """esume","drainMs":0,"epoch":0,"answered":0}}""";

    [Fact]
    public async Task Upgrade_WithAToken_ReachesTheHostOfTheSession()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: true);
        await service.PutAsync("s");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        JsonElement session = await EmulatorSession.Json(await service.GetAsync("s"));
        var address = new Uri($"ws://{session.GetProperty("hostname").GetString()}:{session.GetProperty("handshakePort").GetInt32()}/");
        using ClientWebSocket socket = Socket(service.Emulator.CreateAccessToken(), RenderingTransportContext.HostSubProtocol);
        await socket.ConnectAsync(address, CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Bind), WebSocketMessageType.Text, true, CancellationToken.None);
        JsonElement bound = await ReceiveAsync(socket);
        Assert.Equal(1, bound.GetProperty("result").GetProperty("epoch").GetInt32());

        await service.StopAsync("s");
        JsonElement goodbye = await ReceiveAsync(socket);
        Assert.Equal("SessionStopped", goodbye.GetProperty("params").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Upgrade_BadToken_Answers401()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: true);
        foreach (string? token in new[] { null, "x", service.Emulator.CreateAccessToken(TimeSpan.FromHours(-1)) })
        {
            using ClientWebSocket socket = Socket(token, RenderingTransportContext.HostSubProtocol);
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(service), CancellationToken.None));
            Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
            Assert.Equal("Bearer error=\"invalid_token\"", Assert.Single(socket.HttpResponseHeaders!["WWW-Authenticate"]));
        }
    }

    [Fact]
    public async Task Upgrade_OtherSubProtocol_Answers400()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: true);
        using ClientWebSocket socket = Socket(service.Emulator.CreateAccessToken(), "other.v1");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(service), CancellationToken.None));
        Assert.Equal(HttpStatusCode.BadRequest, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Dispose_WithAnOpenLink_EndsIt()
    {
        EmulatorSession service = await EmulatorSession.StartAsync(loopback: true);
        using ClientWebSocket socket = Socket(service.Emulator.CreateAccessToken(), RenderingTransportContext.HostSubProtocol);
        await socket.ConnectAsync(Address(service), CancellationToken.None);
        await service.DisposeAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[16], CancellationToken.None));
    }

    private static Uri Address(EmulatorSession service) => new UriBuilder(service.Emulator.Endpoint) { Scheme = "ws" }.Uri;

    private static ClientWebSocket Socket(string? token, string subProtocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol(subProtocol);
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        return socket;
    }

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        return JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement;
    }
}
