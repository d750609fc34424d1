using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Transports;

/// <summary>
/// Hosts that misbehave on a real socket: one attempt is one dial, and a malformed close ends a link alike whatever the device is doing.
/// </summary>
public sealed class WebSocketDialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the host does with each connection, instead of answering.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(4096, false)]
    [InlineData(4096, true)]
    [Trait("BadDay", "host closes before it answers the upgrade")]
    public async Task Connect_HostClosesWithoutAnAnswer_IsDialledOnce(int reads, bool resets)
    {
        await using var host = new RawHost(async (_, stream, client) =>
        {
            if (reads > 0)
            {
                _ = await stream.ReadAsync(new byte[reads], Token);
            }

            if (resets)
            {
                client.LingerState = new LingerOption(true, 0);
            }
        });

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(ConnectAsync(host)));

        Assert.Equal(RenderingConnectionReason.HandshakeConnectionFailed, error.Reason);
        await ConnectionHarness.SettleAsync();
#if NETSTANDARD_ASSET
        Assert.InRange(host.Connections, 1, 4); // How often a WebSocket of .NET Standard dials is the platform's to decide.
#else
        Assert.Equal(1, host.Connections);
#endif
    }

    /// <summary>A proxy may be dialled again for its credentials, before the upgrade. The token goes to the host once.</summary>
    [Theory]
    [InlineData(LoopbackProxyKind.Http, false)]
    [InlineData(LoopbackProxyKind.Http, true)]
    [InlineData(LoopbackProxyKind.HttpWithCredentials, false)]
    [InlineData(LoopbackProxyKind.HttpWithCredentials, true)]
    [InlineData(LoopbackProxyKind.HttpThatClosesWithItsChallenge, false)]
    [InlineData(LoopbackProxyKind.HttpThatClosesWithItsChallenge, true)]
    [InlineData(LoopbackProxyKind.Socks5, false)]
    [InlineData(LoopbackProxyKind.Socks5, true)]
    [Trait("BadDay", "host closes before it answers the upgrade")]
    public async Task Connect_ThroughAProxy_HostClosesAfterTheUpgrade_SendsTheTokenOnce(LoopbackProxyKind kind, bool resets)
    {
        int upgrades = 0;
        await using var host = new RawHost(async (_, stream, client) =>
        {
            if ((await ReadHeadAsync(stream)).Contains("Authorization: Bearer secret", StringComparison.OrdinalIgnoreCase))
            {
                Interlocked.Increment(ref upgrades);
            }

            if (resets)
            {
                client.LingerState = new LingerOption(true, 0);
            }
        });
        await using var proxy = new LoopbackProxy(kind);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(ConnectAsync(host, proxy)));

        Assert.Equal(RenderingConnectionReason.HandshakeConnectionFailed, error.Reason);
        await ConnectionHarness.SettleAsync();
#if NETSTANDARD_ASSET
        Assert.InRange(upgrades, 1, 4); // How often a WebSocket of .NET Standard dials is the platform's to decide.
#else
        Assert.Equal(1, upgrades);
        Assert.Equal(1, proxy.Tunnels);
        Assert.Equal(
            kind is LoopbackProxyKind.HttpWithCredentials or LoopbackProxyKind.HttpThatClosesWithItsChallenge ? 1 : 0, proxy.Challenges);
#endif
    }

    [Theory]
    [InlineData(LoopbackProxyKind.Http)]
    [InlineData(LoopbackProxyKind.HttpWithCredentials)]
    [InlineData(LoopbackProxyKind.HttpThatClosesWithItsChallenge)]
    [InlineData(LoopbackProxyKind.Socks5)]
    public async Task Connect_ThroughAProxy_IsALink(LoopbackProxyKind kind)
    {
        await using var host = new RawHost(static async (_, stream, _) =>
        {
            await UpgradeAsync(stream);
            _ = await stream.ReadAsync(new byte[1], Token);
        });
        await using var proxy = new LoopbackProxy(kind);
        RenderingTransportLink link = await ConnectionHarness.Within(ConnectAsync(host, proxy));
        link.Abort();
        Assert.Equal((1, 1), (host.Connections, proxy.Tunnels));
    }

    public static TheoryData<string, bool> MalformedCloses
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (string frame in new[] { "880203EE", "880203E7", "880101", "880403E8FF80", "880203ED" })
            {
                rows.Add(frame, false);
                rows.Add(frame, true);
            }

            return rows;
        }
    }

    /// <summary>Codes that no frame may carry, half a code, words that are not UTF-8; the host is gone right behind it.</summary>
    [Theory]
    [MemberData(nameof(MalformedCloses))]
    [Trait("BadDay", "malformed close frame")]
    public async Task Receive_MalformedClose_IsAProtocolError_WhetherTheDeviceSendsOrNot(string frame, bool sends)
    {
        var mayClose = new TaskCompletionSource();
        await using var host = new RawHost(async (number, stream, client) =>
        {
            _ = number;
            await UpgradeAsync(stream);
            await mayClose.Task;
            await stream.WriteAsync(Convert.FromHexString(frame), Token);

            // Nothing of what the device has sent is read: the close of the socket tells it so by a reset.
            client.Close();
        });
        RenderingTransportLink link = await ConnectionHarness.Within(ConnectAsync(host));
        using var stop = new CancellationTokenSource();
        Task sending = sends ? SendAsync(link, stop.Token) : Task.CompletedTask;
        ValueTask<RenderingMessageKind> receiving = link.ReceiveAsync(new ArrayBufferWriter<byte>(), Token);
        mayClose.SetResult();

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(receiving.AsTask()));
        await stop.CancelAsync();
        await ConnectionHarness.Within(sending);
        link.Abort();

        Assert.Equal(RenderingConnectionReason.ProtocolError, error.Reason);
    }

    private static async Task SendAsync(RenderingTransportLink link, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await link.SendAsync(new byte[16], RenderingMessageKind.Text, CancellationToken.None);
            }
        }
        catch (Exception)
        {
            // The host is gone.
        }
    }

    private static Task<RenderingTransportLink> ConnectAsync(RawHost host, LoopbackProxy proxy)
        => new WebSocketRenderingTransport(
            options => options.Proxy = new WebProxy(proxy.Address) { Credentials = new NetworkCredential("name", "password") })
            .ConnectAsync(new RenderingTransportContext(host.Address, "secret", 1024 * 1024), Token);

    private static Task<RenderingTransportLink> ConnectAsync(RawHost host)
        => new WebSocketRenderingTransport().ConnectAsync(new RenderingTransportContext(host.Address, "secret", 1024 * 1024), Token);

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        int count = 1;
        while (count > 0 && !request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            count = await stream.ReadAsync(buffer, Token);
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return request.ToString();
    }

    private static async Task UpgradeAsync(NetworkStream stream)
    {
        string request = await ReadHeadAsync(stream);
        string key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))
            .Split(':')[1].Trim();
#pragma warning disable CA5350 // RFC 6455 wants SHA-1.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                    + $"{accept}\r\nSec-WebSocket-Protocol: rrs.host.v1\r\n\r\n"),
            Token);
    }
}
