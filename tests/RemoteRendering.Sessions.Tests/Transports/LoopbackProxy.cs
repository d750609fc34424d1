using System.Net;
using System.Net.Sockets;
using System.Text;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Transports;

/// <summary>A proxy on the loopback: HTTP with CONNECT, with or without credentials, or SOCKS5.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Task> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly LoopbackProxyKind _kind;
    private readonly Task _serving;
    private int _tunnels;
    private int _challenges;

    public LoopbackProxy(LoopbackProxyKind kind)
    {
        _kind = kind;
        _listener.Start();
        string scheme = kind == LoopbackProxyKind.Socks5 ? "socks5" : "http";
        Address = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Gets the number of connections that were opened to the host.</summary>
    public int Tunnels => Volatile.Read(ref _tunnels);

    /// <summary>Gets the number of requests for credentials.</summary>
    public int Challenges => Volatile.Read(ref _challenges);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await ConnectionHarness.Within(_serving);
        await ConnectionHarness.Within(Task.WhenAll(_connections));
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient device = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections.Add(ServeAsync(device));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient device)
    {
        using (device)
        {
            try
            {
                NetworkStream stream = device.GetStream();
                (string Host, int Port)? target = _kind == LoopbackProxyKind.Socks5
                    ? await GreetSocksAsync(stream)
                    : await ReadConnectAsync(stream);
                if (target is { } host)
                {
                    using var far = new TcpClient();
                    await far.ConnectAsync(host.Host, host.Port, _stop.Token);
                    Interlocked.Increment(ref _tunnels);
                    await stream.WriteAsync(
                        _kind == LoopbackProxyKind.Socks5
                            ? new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 }
                            : "HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(),
                        _stop.Token);
                    Task[] ways = [stream.CopyToAsync(far.GetStream(), _stop.Token), far.GetStream().CopyToAsync(stream, _stop.Token)];
                    await Task.WhenAny(ways);
                    far.Close();
                    device.Close();
                    await Task.WhenAll(ways);
                }
            }
            catch (Exception exception) when (
                exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The device or the host has gone, or the test is over.
            }
        }
    }

    /// <summary>Reads CONNECT requests until one is granted; null when the connection is to be closed.</summary>
    private async Task<(string Host, int Port)?> ReadConnectAsync(NetworkStream stream)
    {
        while (true)
        {
            string head = await ReadHeadAsync(stream);
            if (!head.StartsWith("CONNECT ", StringComparison.Ordinal))
            {
                return null;
            }

            if (_kind == LoopbackProxyKind.Http || head.Contains("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase))
            {
                string[] target = head.Split(' ')[1].Split(':');
                return (target[0], int.Parse(target[1], System.Globalization.CultureInfo.InvariantCulture));
            }

            Interlocked.Increment(ref _challenges);
            string end = _kind == LoopbackProxyKind.HttpThatClosesWithItsChallenge ? "Connection: close\r\n" : string.Empty;
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: "
                        + $"0\r\n{end}\r\n"),
                _stop.Token);
            if (end.Length > 0)
            {
                return null;
            }
        }
    }

    private async Task<(string Host, int Port)?> GreetSocksAsync(NetworkStream stream)
    {
        var buffer = new byte[256];
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), _stop.Token);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, buffer[1]), _stop.Token);
        await stream.WriteAsync(new byte[] { 5, 0 }, _stop.Token);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 4), _stop.Token);
        string host;
        if (buffer[3] == 1)
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 4), _stop.Token);
            host = new IPAddress(buffer.AsSpan(0, 4)).ToString();
        }
        else
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 1), _stop.Token);
            int length = buffer[0];
            await stream.ReadExactlyAsync(buffer.AsMemory(0, length), _stop.Token);
            host = Encoding.ASCII.GetString(buffer, 0, length);
        }

        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), _stop.Token);
        return (host, (buffer[0] * 256) + buffer[1]);
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return string.Empty;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
