using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace RemoteRendering.Sessions.Transports;

/// <summary>Determines the reason a WebSocket could not be connected from the nested exceptions of each platform.</summary>
internal static class WebSocketFailure
{
    public static RenderingConnectionException Describe(Uri address, ClientWebSocket? socket, Exception exception)
    {
        (int? status, TimeSpan? retryAfter) = WebSocketCompatibility.ReadResponse(socket, exception);
        RenderingConnectionReason reason = status switch
        {
            401 or 403 => RenderingConnectionReason.AuthenticationFailed,
            429 => RenderingConnectionReason.TooManyRequests,
            not null and not 101 => RenderingConnectionReason.HandshakeFailed,
            _ => FromException(exception),
        };
        string sentence = reason switch
        {
            RenderingConnectionReason.AuthenticationFailed => "rejected the access token",
            RenderingConnectionReason.TooManyRequests => "accepts no connection now",
            RenderingConnectionReason.CertificateRejected => "presented a certificate that is not trusted",
            RenderingConnectionReason.ProtocolVersionMismatch => "uses another protocol",
            RenderingConnectionReason.HandshakeConnectionRefused => "refused the connection",
            RenderingConnectionReason.HandshakeUnreachable => "has a name that could not be resolved",
            RenderingConnectionReason.HandshakeNetworkUnreachable => "cannot be reached over the network",
            RenderingConnectionReason.Timeout => "did not answer in time",
            RenderingConnectionReason.HandshakeConnectionFailed => "closed the connection during the handshake",
            _ when status == 503 => "accepts no connection now (status 503)",
            _ when status == 101 => "violated the rules of the WebSocket upgrade",
            _ => status is null ? "could not be connected" : $"answered with status {status}",
        };
        return new RenderingConnectionException(
            reason, $"The host at {address.Host}:{address.Port} {sentence}.", retryAfter, status is 101 ? null : status, hostMessage: null,
            exception);
    }

    private static RenderingConnectionReason FromException(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AuthenticationException:
                    // The platform distinguishes a rejected certificate from a peer without TLS only by the message.
                    return inner.Message.Contains("certificate")
                        ? RenderingConnectionReason.CertificateRejected
                        : RenderingConnectionReason.HandshakeConnectionFailed;
                case WebException { Status: WebExceptionStatus.TrustFailure }:
                    return RenderingConnectionReason.CertificateRejected;
                case WebException { Status: WebExceptionStatus.NameResolutionFailure }:
                    return RenderingConnectionReason.HandshakeUnreachable;
                case SocketException socketException:
                    return FromSocket(socketException.SocketErrorCode);
                case WebSocketException { WebSocketErrorCode: WebSocketError.UnsupportedProtocol or WebSocketError.UnsupportedVersion }:
                    return RenderingConnectionReason.ProtocolVersionMismatch;
                case IOException when inner.InnerException is null:
                    return RenderingConnectionReason.HandshakeConnectionFailed;
                default:
                    break;
            }
        }

        return RenderingConnectionReason.HandshakeFailed;
    }

    private static RenderingConnectionReason FromSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => RenderingConnectionReason.HandshakeConnectionRefused,
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => RenderingConnectionReason.HandshakeUnreachable,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            RenderingConnectionReason.HandshakeNetworkUnreachable,
        SocketError.TimedOut => RenderingConnectionReason.Timeout,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            RenderingConnectionReason.HandshakeConnectionFailed,
        _ => RenderingConnectionReason.HandshakeFailed,
    };
}
