#if NET8_0_OR_GREATER
using System.Net.Sockets;

namespace RemoteRendering.Sessions.Transports;

/// <summary>
/// Sends one upgrade request, directly or through a proxy. The handler of the platform sends it up to three more times when a connection
/// closes before the answer, each time with the access token; but retries are decided by the connection. Until the upgrade is sent, a proxy
/// may be dialled again: some proxies close the connection after they have requested credentials.
/// </summary>
internal sealed class SingleDial
{
    private bool _isSent;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ThrowIfSent();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Is called before the first request on each connection to a proxy and on each connection or tunnel to the host.</summary>
    public ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        if (context.InitialRequestMessage.Method != HttpMethod.Connect)
        {
            ThrowIfSent();
            Volatile.Write(ref _isSent, true);
        }

        return new ValueTask<Stream>(context.PlaintextStream);
    }

    private void ThrowIfSent()
    {
        if (Volatile.Read(ref _isSent))
        {
            throw new IOException("The host closed the connection before it answered.");
        }
    }
}
#endif
