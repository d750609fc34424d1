using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Transports;

/// <summary>Hosts that misbehave on a real socket: one attempt is one dial, and a malformed close ends a link alike whatever the device is doing.</summary>
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

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(ConnectAsync(host)));

        Assert.Equal(RenderingConnectionReason.HandshakeConnectionFailed, error.Reason);
        await ConnectionHarness.SettleAsync();
#if NETSTANDARD_ASSET
        Assert.InRange(host.Connections, 1, 4); // How often a WebSocket of .NET Standard dials is the platform's to decide.
#else
        Assert.Equal(1, host.Connections);
#endif
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

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(receiving.AsTask()));
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

    private static Task<RenderingTransportLink> ConnectAsync(RawHost host)
        => new WebSocketRenderingTransport().ConnectAsync(new RenderingTransportContext(host.Address, "secret", 1024 * 1024), Token);

    private static async Task UpgradeAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, Token)));
        }

        string key = request.ToString().Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
#pragma warning disable CA5350 // RFC 6455 wants SHA-1.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: rrs.host.v1\r\n\r\n"),
            Token);
    }

    /// <summary>Does the same with each connection, then closes it.</summary>
    private sealed class RawHost : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<int, NetworkStream, Socket, Task> _serve;
        private readonly Task _serving;
        private int _connections;

        public RawHost(Func<int, NetworkStream, Socket, Task> serve)
        {
            _serve = serve;
            _listener.Start();
            Address = new Uri($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _serving = ServeAsync();
        }

        public Uri Address { get; }

        public int Connections => Volatile.Read(ref _connections);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await ConnectionHarness.Within(_serving);
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using Socket socket = await _listener.AcceptSocketAsync();
                    int number = Interlocked.Increment(ref _connections);
                    await using var stream = new NetworkStream(socket);
                    await _serve(number, stream, socket);
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
            {
                // The test is over, or the device has gone.
            }
        }
    }
}
