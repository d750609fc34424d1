using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Transports.Support;

namespace RemoteRendering.Sessions.Tests.Transports;

public sealed class WebSocketRenderingTransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_NothingListens_SaysRefused()
    {
        // The port is bound and never listens: no other program can take it meanwhile.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        RenderingConnectionException error = await FailAsync(new Uri($"ws://127.0.0.1:{((IPEndPoint)bound.LocalEndPoint!).Port}/"));

        Assert.Equal(RenderingConnectionReason.HandshakeConnectionRefused, error.Reason);
    }

    [Fact]
    public async Task Connect_NameDoesNotExist_SaysUnreachable()
    {
        RenderingConnectionException error = await FailAsync(new Uri("ws://no-such-host.invalid:50051/"));

        // A machine without any resolver reports the same as one whose network is down.
        Assert.True(
            error.Reason is RenderingConnectionReason.HandshakeUnreachable or RenderingConnectionReason.HandshakeNetworkUnreachable,
            error.ToString());
    }

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized", RenderingConnectionReason.AuthenticationFailed, null)]
    [InlineData("HTTP/1.1 403 Forbidden", RenderingConnectionReason.AuthenticationFailed, null)]
    [InlineData("HTTP/1.1 404 Not Found", RenderingConnectionReason.HandshakeFailed, null)]
    [InlineData("HTTP/1.1 200 OK", RenderingConnectionReason.HandshakeFailed, null)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/", RenderingConnectionReason.HandshakeFailed, null)]
#if !NETSTANDARD_ASSET // A WebSocket of .NET Standard shows no headers.
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7", RenderingConnectionReason.HandshakeFailed, 7)]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7", RenderingConnectionReason.TooManyRequests, 7)]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 99999999999", RenderingConnectionReason.TooManyRequests, 3600)]
    [InlineData(
        "HTTP/1.1 503 Later\r\nDate: Sat, 28 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 28 Nov 2026 10:00:08 GMT",
        RenderingConnectionReason.HandshakeFailed, 8)]
    [InlineData(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong",
        RenderingConnectionReason.HandshakeFailed, null)]
#endif
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nRetry-After: tomorrow", RenderingConnectionReason.HandshakeFailed, null)]
    [Trait("BadDay", "host refuses the upgrade with 503")]
    public async Task Connect_UpgradeRefused_SaysWhy(string answer, RenderingConnectionReason reason, int? retryAfter)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task server = AnswerAsync(listener, answer + "\r\nContent-Length: 0\r\n\r\n");

        RenderingConnectionException error = await FailAsync(Address(listener));

        Assert.Equal(reason, error.Reason);
        Assert.Equal(retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null, error.RetryAfter);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        await server;
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task Connect_Redirect_IsNotFollowed(int status, string location)
    {
        await using var other = new SocketHost(RenderingTransportContext.HostSubProtocol);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string target = location.Replace("OTHER", $"{other.Address.Port}", StringComparison.Ordinal)
            .Replace("SAME", $"{Address(listener).Port}", StringComparison.Ordinal);
        Task server =
            AnswerAsync(listener, $"HTTP/1.1 {status} Elsewhere\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        RenderingConnectionException error = await FailAsync(Address(listener));

        Assert.Equal(RenderingConnectionReason.HandshakeFailed, error.Reason);
        Assert.Null(other.Headers);
        await server;
    }

    public static TheoryData<int, string> Redirects()
    {
        var data = new TheoryData<int, string>();
        foreach (int status in new[] { 300, 301, 302, 303, 307, 308 })
        {
            data.Add(status, "http://localhost:OTHER/");
            data.Add(status, "ws://localhost:OTHER/");
            data.Add(status, "http://127.0.0.1:OTHER/steal");
            data.Add(status, "http://localhost:SAME/");
            data.Add(status, "https://127.0.0.1:SAME/");
            data.Add(status, "/steal");
            data.Add(status, "//localhost:OTHER/");
        }

        return data;
    }

    [Fact]
    public async Task Connect_ProxyOfTheUser_IsAskedForTheHost()
    {
        await using var host = new SocketHost(RenderingTransportContext.HostSubProtocol);
        var proxy = new NotingProxy();

        RenderingTransportLink link = await ConnectionHarness.Within(
            new WebSocketRenderingTransport(options => options.Proxy = proxy).ConnectAsync(Context(host.Address), Token));

        Assert.Equal([host.Address.Port], proxy.Asked.Distinct());
        link.Abort();
    }

    [Fact]
    public async Task Connect_HostDoesNotSpeakTls_SaysConnectionFailed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task server = AnswerAsync(listener, "What?\r\n\r\n");

        RenderingConnectionException error = await FailAsync(new UriBuilder(Address(listener)) { Scheme = "wss" }.Uri);

        Assert.Equal(RenderingConnectionReason.HandshakeConnectionFailed, error.Reason);
        await server;
    }

    [Fact]
    public async Task Connect_CertificateNotTrusted_SaysSo()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpsPort = 0, Token);

        RenderingConnectionException error = await FailAsync(new UriBuilder(emulator.HttpsEndpoint!) { Scheme = "wss" }.Uri);

        Assert.Equal(RenderingConnectionReason.CertificateRejected, error.Reason);
    }

    [Fact]
    public async Task Connect_HostSelectsNoSubProtocol_SaysVersionMismatch()
    {
        await using var host = new SocketHost(null);

        RenderingConnectionException error = await FailAsync(host.Address);

        Assert.Equal(RenderingConnectionReason.ProtocolVersionMismatch, error.Reason);
    }

    [Fact]
    public async Task Connect_Cancelled_ThrowsForTheTokenGiven()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var cancellation = new CancellationTokenSource();
        Task<RenderingTransportLink> connecting = new WebSocketRenderingTransport()
            .ConnectAsync(Context(Address(listener)), cancellation.Token);
        using TcpClient accepted = await listener.AcceptTcpClientAsync(Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(connecting));
    }

    [Fact]
    public async Task Connect_OptionsOfTheUser_AreAppliedAndOursWin()
    {
        await using var host = new SocketHost(RenderingTransportContext.HostSubProtocol);
        var transport = new WebSocketRenderingTransport(options =>
        {
            options.SetRequestHeader("X-Mine", "yes");
            options.SetRequestHeader("Authorization", "Bearer wrong");
        });

        RenderingTransportLink link = await ConnectionHarness.Within(transport.ConnectAsync(Context(host.Address), Token));

        Assert.Equal("yes", host.Headers!["X-Mine"]);
        Assert.Equal("Bearer secret", host.Headers["Authorization"]);
        link.Abort();
    }

    [Fact]
    public async Task Messages_BothKinds_GoWholeBothWays()
    {
        await using var host = new SocketHost(RenderingTransportContext.HostSubProtocol);
        RenderingTransportLink link =
            await ConnectionHarness.Within(new WebSocketRenderingTransport().ConnectAsync(Context(host.Address), Token));
        byte[] large = Encoding.UTF8.GetBytes(new string('x', 300_000));

        await link.SendAsync(large, RenderingMessageKind.Text, Token);
        var received = new ArrayBufferWriter<byte>();
        Assert.Equal(RenderingMessageKind.Text, await link.ReceiveAsync(received, Token));
        Assert.Equal(large, received.WrittenSpan.ToArray());

        await link.SendAsync(new byte[] { 1, 2, 3 }, RenderingMessageKind.Binary, Token);
        received.ResetWrittenCount();
        Assert.Equal(RenderingMessageKind.Binary, await link.ReceiveAsync(received, Token));
        Assert.Equal([1, 2, 3], received.WrittenSpan.ToArray());

        await link.CloseAsync(4400, "malformed", Token);
        Assert.Equal(RenderingMessageKind.Close, await link.ReceiveAsync(received, Token));
        Assert.Equal(4400, link.CloseCode);
        link.Abort();
        link.Abort();
        await Assert.ThrowsAnyAsync<Exception>(async () => await link.SendAsync(new byte[1], RenderingMessageKind.Text, Token));
    }

    [Fact]
    public async Task Receive_LargerThanTheLimit_FailsBeforeItIsInMemory()
    {
        await using var host = new SocketHost(RenderingTransportContext.HostSubProtocol);
        RenderingTransportLink link = await ConnectionHarness.Within(
            new WebSocketRenderingTransport().ConnectAsync(new RenderingTransportContext(host.Address, "secret", 10_000), Token));
        await link.SendAsync(new byte[1_000_000], RenderingMessageKind.Binary, Token);
        var received = new ArrayBufferWriter<byte>();

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(async () => await link.ReceiveAsync(received, Token));

        Assert.Equal(RenderingConnectionReason.MessageTooLarge, error.Reason);
        Assert.True(received.WrittenCount <= 10_000);
        link.Abort();
    }

    [Fact]
    public void Arguments_Null_AreNamed()
    {
        Assert.Throws<ArgumentNullException>("configure", () => new WebSocketRenderingTransport(null!));
        Assert.Throws<ArgumentNullException>("address", () => new RenderingTransportContext(null!, "secret", 1));
        Assert.Throws<ArgumentNullException>("accessToken", () => new RenderingTransportContext(new Uri("ws://localhost"), null!, 1));
    }

    private static RenderingTransportContext Context(Uri address) => new(address, "secret", 1024 * 1024);

    private static Uri Address(TcpListener listener) => new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    private static Task<RenderingConnectionException> FailAsync(Uri address)
        => Assert.ThrowsAsync<RenderingConnectionException>(
            () => ConnectionHarness.Within(new WebSocketRenderingTransport().ConnectAsync(Context(address), Token)));

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(Token);
        NetworkStream stream = client.GetStream();
        var buffer = new byte[4096];
        _ = await stream.ReadAsync(buffer, Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Token);
        client.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(buffer, Token) > 0)
        {
        }
    }

    private sealed class NotingProxy : IWebProxy
    {
        public System.Collections.Concurrent.ConcurrentQueue<int> Asked { get; } = new();

        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => null;

        public bool IsBypassed(Uri host)
        {
            Asked.Enqueue(host.Port);
            return true;
        }
    }
}
