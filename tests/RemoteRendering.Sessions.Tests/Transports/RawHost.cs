using System.Net;
using System.Net.Sockets;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Transports;

/// <summary>Does the same with each connection, then closes it.</summary>
internal sealed class RawHost : IAsyncDisposable
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
        catch (Exception exception) when (
            exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException
                or InvalidOperationException)
        {
            // The test is over, or the device has gone.
        }
    }
}
