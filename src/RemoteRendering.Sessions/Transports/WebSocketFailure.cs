using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace RemoteRendering.Sessions.Transports;

/// <summary>Says why a WebSocket could not be made, from the nest of exceptions in which each platform hides it.</summary>
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
            RenderingConnectionReason.AuthenticationFailed => "does not take the access token",
            RenderingConnectionReason.TooManyRequests => "takes no connection now",
            RenderingConnectionReason.CertificateRejected => "shows a certificate that is not trusted",
            RenderingConnectionReason.ProtocolVersionMismatch => "speaks another protocol",
            RenderingConnectionReason.HandshakeConnectionRefused => "refuses connections",
            RenderingConnectionReason.HandshakeUnreachable => "has a name that could not be resolved",
            RenderingConnectionReason.HandshakeNetworkUnreachable => "cannot be reached over the network",
            RenderingConnectionReason.Timeout => "did not answer in time",
            RenderingConnectionReason.HandshakeConnectionFailed => "closed the line during the handshake",
            _ when status == 503 => "takes no connection now (status 503)",
            _ when status == 101 => "broke the rules of the upgrade to a WebSocket",
            _ => status is null ? "could not be connected" : $"answered with status {status}",
        };
        return new RenderingConnectionException(
            reason, $"The host at {address.Host}:{address.Port} {sentence}.", retryAfter, status is 101 ? null : status, hostMessage: null, exception);
    }

    private static RenderingConnectionReason FromException(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AuthenticationException:
                    // The platform tells a rejected certificate from a peer that does not speak TLS by its words alone.
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
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown => RenderingConnectionReason.HandshakeNetworkUnreachable,
        SocketError.TimedOut => RenderingConnectionReason.Timeout,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => RenderingConnectionReason.HandshakeConnectionFailed,
        _ => RenderingConnectionReason.HandshakeFailed,
    };
}
