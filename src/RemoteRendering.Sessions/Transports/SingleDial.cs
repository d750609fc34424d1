#if NET8_0_OR_GREATER
using System.Net;
using System.Net.Sockets;

namespace RemoteRendering.Sessions.Transports;

/// <summary>
/// Dials a host once. The handler of the platform dials up to three more times when a connection closes before the answer, each time with
/// the access token; but retries are decided by the connection. A proxy may be dialled again: some proxies close the connection after they
/// have requested credentials.
/// </summary>
internal sealed class SingleDial(Uri address)
{
    private int _dials;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint target = context.DnsEndPoint;
        bool isHost = target.Port == address.Port && string.Equals(target.Host, address.IdnHost, StringComparison.OrdinalIgnoreCase);
        if (isHost && Interlocked.Increment(ref _dials) > 1)
        {
            throw new IOException("The host closed the connection before it answered.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
#endif
