using System.Buffers;
using System.Text;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;

namespace RemoteRendering.Sessions.Emulator.Tests.InProcess;

public class InMemoryRenderingTransportTests
{
    private static readonly Uri Address = new("ws://localhost/");

    private static RenderingTransportContext Context(int maxMessageBytes = 1024) => new(Address, "token", maxMessageBytes);

    [Fact]
    public async Task Link_BindAndEcho_CarriesBothWays()
    {
        await using var host = new HostFixture();
        RenderingTransportLink link = await host.Transport.ConnectAsync(Context());
        string key = new('a', 64);
        await SendAsync(
            link,
            $$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":"""
                + $$$"""1,"sessionId":"s","clientId":"a","bindingKey":"{{{key}}}"}}""");
        Assert.Contains("\"epoch\":1", await ReceiveAsync(link), StringComparison.Ordinal);
        await SendAsync(link, """{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":[1]}""", await ReceiveAsync(link));
        link.Abort();
    }

    [Fact]
    public async Task Link_HostCloses_CloseWithItsCode()
    {
        await using var host = new HostFixture();
        RenderingTransportLink link = await host.Transport.ConnectAsync(Context());
        await SendAsync(link, "garbage");

        Assert.Equal(RenderingMessageKind.Close, await link.ReceiveAsync(new ArrayBufferWriter<byte>()));
        Assert.Equal(4400, link.CloseCode);
        Assert.Equal("malformed", link.CloseReason);
        await link.CloseAsync(1000, null);
    }

    [Fact]
    public async Task Link_MessageOverTheLimit_FailsTheReceive()
    {
        await using var host = new HostFixture();
        RenderingTransportLink link = await host.Transport.ConnectAsync(Context(maxMessageBytes: 16));
        await SendAsync(link, """{"jsonrpc":"2.0","id":1,"method":"echo"}""");

        var exception =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => link.ReceiveAsync(new ArrayBufferWriter<byte>()).AsTask());
        Assert.Equal(RenderingConnectionReason.MessageTooLarge, exception.Reason);
        link.Abort();
    }

    [Fact]
    public async Task Link_Cut_SendAndReceiveFail()
    {
        await using var host = new HostFixture();
        RenderingTransportLink link = await host.Transport.ConnectAsync(Context());
        Task receive = link.ReceiveAsync(new ArrayBufferWriter<byte>()).AsTask();
        host.HostFaults.Cut();

        Assert.Equal(
            RenderingConnectionReason.ConnectionLost, (await Assert.ThrowsAsync<RenderingConnectionException>(() => receive)).Reason);
        await Assert.ThrowsAsync<RenderingConnectionException>(() => SendAsync(link, "x"));
        await Assert.ThrowsAsync<RenderingConnectionException>(() => link.CloseAsync(1000, null).AsTask());
    }

    [Fact]
    public async Task Receive_Cancelled_SaysSo()
    {
        await using var host = new HostFixture();
        RenderingTransportLink link = await host.Transport.ConnectAsync(Context());
        using var cancellation = new CancellationTokenSource();
        Task receive = link.ReceiveAsync(new ArrayBufferWriter<byte>(), cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive);
        link.Abort();
    }

    [Theory]
    [InlineData(401, RenderingConnectionReason.AuthenticationFailed)]
    [InlineData(404, RenderingConnectionReason.HandshakeFailed)]
    [InlineData(429, RenderingConnectionReason.TooManyRequests)]
    [InlineData(503, RenderingConnectionReason.HandshakeFailed)]
    public async Task Connect_Refused_SaysWhyAndWhenToRetry(int status, RenderingConnectionReason reason)
    {
        await using var host = new HostFixture();
        host.HostFaults.RefuseUpgrades(1, status, TimeSpan.FromSeconds(3));

        var exception = await Assert.ThrowsAsync<RenderingConnectionException>(() => host.Transport.ConnectAsync(Context()));

        Assert.Equal(reason, exception.Reason);
        Assert.Equal(TimeSpan.FromSeconds(3), exception.RetryAfter);
        Assert.Equal(1, host.HostFaults.UpgradeCount);
        (await host.Transport.ConnectAsync(Context())).Abort();
    }

    private static Task SendAsync(RenderingTransportLink link, string text) =>
        link.SendAsync(Encoding.UTF8.GetBytes(text), RenderingMessageKind.Text).AsTask();

    private static async Task<string> ReceiveAsync(RenderingTransportLink link)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Assert.Equal(RenderingMessageKind.Text, await link.ReceiveAsync(buffer).AsTask().WaitAsync(TestDevice.Patience));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
