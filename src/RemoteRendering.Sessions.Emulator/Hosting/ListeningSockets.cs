using System.Net;
using System.Net.Sockets;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>
/// Binds the emulator's sockets before the server starts, so that a port that the system chose for 127.0.0.1 can be had on [::1] too.
/// </summary>
internal sealed class ListeningSockets : IDisposable
{
    private readonly Dictionary<IPEndPoint, Socket> _sockets = [];

    /// <summary>Everything that is bound.</summary>
    public IEnumerable<IPEndPoint> EndPoints => _sockets.Keys;

    /// <summary>Binds a port.</summary>
    /// <param name="address">Where; null for this machine only.</param>
    /// <param name="port">Which; 0 lets the system choose.</param>
    /// <returns>What was bound; the first is the one to name.</returns>
    public IReadOnlyList<IPEndPoint> Bind(IPAddress? address, int port)
    {
        IPEndPoint first = BindOne(address ?? IPAddress.Loopback, port);
        if (address is not null || !Socket.OSSupportsIPv6)
        {
            return [first];
        }

        try
        {
            return [first, BindOne(IPAddress.IPv6Loopback, first.Port)];
        }
        catch (IOException)
        {
            // A machine may support IPv6 and have no [::1], or another program has that port there. 127.0.0.1 will do.
            return [first];
        }
    }

    /// <summary>Hands a bound socket over to the server.</summary>
    public Socket Take(EndPoint endPoint) => _sockets.Remove((IPEndPoint)endPoint, out Socket? socket)
        ? socket
        : throw new InvalidOperationException($"No socket is bound to {endPoint}.");

    public void Dispose()
    {
        foreach (Socket socket in _sockets.Values)
        {
            socket.Dispose();
        }

        _sockets.Clear();
    }

    private IPEndPoint BindOne(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = address.Equals(IPAddress.IPv6Any);
            }

            socket.Bind(new IPEndPoint(address, port));
            var bound = (IPEndPoint)socket.LocalEndPoint!;
            _sockets.Add(bound, socket);
            return bound;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"Cannot listen on {new IPEndPoint(address, port)}: {exception.Message}", exception);
        }
    }
}
