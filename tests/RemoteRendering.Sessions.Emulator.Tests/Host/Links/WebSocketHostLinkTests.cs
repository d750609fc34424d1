using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Links;

/// <summary>The same host over real sockets.</summary>
public class WebSocketHostLinkTests
{
    private static readonly string _key = new('b', 64);

    [Fact]
    public async Task Echo_LargerThanTheFirstBuffer_ComesBack()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        string text = new('x', 500_000);
        await SendAsync(link, $$"""{"jsonrpc":"2.0","id":1,"method":"echo","params":"{{text}}"}""");

        Assert.Equal($$"""{"jsonrpc":"2.0","id":1,"result":"{{text}}"}""", await ReceiveAsync(link));
        link.Abort();
    }

    [Fact]
    public async Task Message_LargeAndSlow_EachPartOfItIsASignOfLife()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("rrs.host.v1");
        await socket.ConnectAsync(server.Address, default);
        await SendPartAsync(
            socket,
            $$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
                + $$$"""1,"sessionId":"s","clientId":"a","bindingKey":"{{{_key}}}","epoch":0}}""",
            isLast: true);
        await server.Host.UntilAsync("bindAccepted");
        HostConnection connection = Assert.Single(server.Host.Engine.Connections);
        await SendPartAsync(socket, """{"jsonrpc":"2.0","id":1,"method":"echo","params":"a""", isLast: false);
        for (int part = 0; part < 5; part++)
        {
            await server.Host.Time.PassAsync(TimeSpan.FromSeconds(5));
            await SendPartAsync(socket, "b", isLast: false);
            Assert.True(SpinWait.SpinUntil(() => connection.Silence == TimeSpan.Zero, TestDevice.Patience));
        }

        await SendPartAsync(socket, "c\"}", isLast: true);
        await server.Host.UntilAsync("requestFinished");
        Assert.Empty(server.Host.Events("linkLost"));
        socket.Abort();
    }

    [Fact]
    public async Task Message_OverTheLimit_1009()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        await SendAsync(link, new string(' ', (1024 * 1024) + 1));

        await ExpectCloseAsync(link, 1009);
    }

    [Fact]
    public async Task Cut_Link_ClientLosesItAndResumes()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        server.Host.HostFaults.Cut();
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(link));

        RenderingTransportLink back = await server.ConnectAsync();
        await BindAsync(back, epoch: 1);
        Assert.Contains("\"resumed\":true", await ReceiveAsync(back), StringComparison.Ordinal);
        back.Abort();
    }

    [Fact]
    public async Task HalfOpen_Link_NothingReachesTheClientAndTheHostGivesUpInTime()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        server.Host.HostFaults.GoHalfOpen();
        Task<string> receive = ReceiveAsync(link);
        await SendAsync(link, """{"jsonrpc":"2.0","id":1,"method":"echo"}""");

        await server.Host.Time.PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal("dead", Assert.Single(server.Host.Events("linkLost"))["cause"]);
        Assert.Empty(server.Host.Events("requestStarted"));
        Assert.False(receive.IsCompleted);
        link.Abort();
        await Assert.ThrowsAnyAsync<Exception>(() => receive);
    }

    [Fact]
    public async Task Truncate_Next_ClientSeesALossAndNoMessage()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        server.Host.HostFaults.TruncateNext();
        await SendAsync(link, """{"jsonrpc":"2.0","id":1,"method":"echo"}""");

        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(link));
        await server.Host.UntilAsync("linkLost");
    }

    [Fact]
    public async Task Client_Vanishes_LinkIsLostAndBindingKept()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        link.Abort();

        await server.Host.UntilAsync("linkLost");
        Assert.Empty(server.Host.Events("bindingEnded"));
    }

    [Fact]
    public async Task SessionStops_GoodbyeAndCloseArrive()
    {
        await using WebSocketHostFixture server = await WebSocketHostFixture.StartAsync();
        RenderingTransportLink link = await BoundAsync(server);
        server.Host.Sessions.Set(HostFixture.Session, HostSessionPhase.Stopped);

        Assert.Contains("SessionStopped", await ReceiveAsync(link), StringComparison.Ordinal);
        await ExpectCloseAsync(link, 1000);
    }

    private static Task SendPartAsync(ClientWebSocket socket, string part, bool isLast) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(part), WebSocketMessageType.Text, isLast, CancellationToken.None)
            .WaitAsync(TestDevice.Patience);

    private static async Task<RenderingTransportLink> BoundAsync(WebSocketHostFixture server)
    {
        RenderingTransportLink link = await server.ConnectAsync();
        await BindAsync(link, epoch: 0);
        Assert.Contains("\"result\"", await ReceiveAsync(link), StringComparison.Ordinal);
        return link;
    }

    private static Task BindAsync(RenderingTransportLink link, int epoch) => SendAsync(
        link,
        $$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
            + $$$"""1,"sessionId":"s","clientId":"a","bindingKey":"{{{_key}}}","epoch":{{{epoch}}}}}""");

    private static Task SendAsync(RenderingTransportLink link, string text) =>
        link.SendAsync(Encoding.UTF8.GetBytes(text), RenderingMessageKind.Text).AsTask().WaitAsync(TestDevice.Patience);

    private static async Task<string> ReceiveAsync(RenderingTransportLink link)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Assert.Equal(RenderingMessageKind.Text, await link.ReceiveAsync(buffer).AsTask().WaitAsync(TestDevice.Patience));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static async Task ExpectCloseAsync(RenderingTransportLink link, int code)
    {
        Assert.Equal(
            RenderingMessageKind.Close, await link.ReceiveAsync(new ArrayBufferWriter<byte>()).AsTask().WaitAsync(TestDevice.Patience));
        Assert.Equal(code, link.CloseCode);
        await link.CloseAsync(1000, null);
        link.Abort();
    }
}
