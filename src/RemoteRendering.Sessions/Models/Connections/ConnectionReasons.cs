using static RemoteRendering.Sessions.RenderingConnectionAdvice;
using static RemoteRendering.Sessions.RenderingConnectionReason;

namespace RemoteRendering.Sessions.Models.Connections;

/// <summary>Provides the message and the advice for each reason. A test checks that every reason has a row.</summary>
internal static class ConnectionReasons
{
    /// <summary>Gets the message for a reason that has none.</summary>
    public static string Sentence(RenderingConnectionReason reason) => Find(reason).Sentence;

    /// <summary>Gets the advice for the application after an end with this reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="retryAfter">The time until the host accepts another attempt, if it named one.</param>
    public static RenderingConnectionAdvice Advice(RenderingConnectionReason reason, TimeSpan? retryAfter)
    {
        RenderingConnectionAdvice advice = Find(reason).Advice;
        bool isWorthAWait = advice == ReconnectNow || reason is OtherSessionConnected or SessionNotReady;
        return isWorthAWait && retryAfter is not null ? ReconnectLater : advice;
    }

    /// <summary>Returns whether the application itself requested it, so that there is no error to report.</summary>
    public static bool IsRequested(RenderingConnectionReason reason)
        => reason is DisconnectRequest or Cancelled or ReconnectRequested or Success;

    internal static (RenderingConnectionAdvice Advice, string Sentence) Find(RenderingConnectionReason reason) => reason switch
    {
        Success => (DoNotReconnect, "The connection works."),
        Cancelled => (DoNotReconnect, "The connect was cancelled."),
        InvalidParameter => (DoNotReconnect, "The host rejected the parameters that this device sent to connect."),
        NoConnection => (ReconnectNow, "There is no connection."),
        InProgress => (DoNotReconnect, "The session is already being connected."),
        HandshakeUnreachable => (ReconnectLater, "The name of the host could not be resolved."),
        HandshakeConnectionFailed => (ReconnectLater, "The host closed the connection during the handshake."),
        AuthenticationFailed => (DoNotReconnect, "The host rejected the access token."),
        HandshakeFailed => (ReconnectLater, "The link to the host could not be established."),
        ProtocolVersionMismatch => (DoNotReconnect, "The host uses another version of the protocol."),
        ProtocolError => (ReconnectLater, "The host protocol was violated."),
        ConnectionLost => (ReconnectNow, "The link to the host was lost."),
        DisconnectRequest => (DoNotReconnect, "The application disconnected."),
        RenderingConnectionReason.Timeout => (ReconnectLater, "The host did not answer in time."),
        AlreadyConnected => (DoNotReconnect, "The session is already connected."),
        HandshakeNetworkUnreachable => (ReconnectLater, "There is no route to the host."),
        HandshakeConnectionRefused => (ReconnectLater, "The host refused the connection."),
        InternalError => (ReconnectLater, "An internal error ended the connection."),
        OtherSessionConnected => (DoNotReconnect, "Another device holds the session."),
        SessionNotReady => (ReconnectLater, "The session is not ready."),
        SessionEnded => (DoNotReconnect, "The session has ended."),
        SessionNotFound => (DoNotReconnect, "There is no such session."),
        TooManyRequests => (ReconnectLater, "The host accepts no more attempts for now."),
        CertificateRejected => (DoNotReconnect, "The certificate of the host is not trusted."),
        HostUnresponsive => (ReconnectNow, "The host sent nothing for too long."),
        SessionStopped => (DoNotReconnect, "The session was stopped."),
        LeaseExpired => (DoNotReconnect, "The lease of the session ran out."),
        SessionFailed => (DoNotReconnect, "The session failed."),
        TakenOver => (DoNotReconnect, "Another device took over the session."),
        Maintenance => (ReconnectLater, "The host is being restarted."),
        LinkSuperseded => (DoNotReconnect, "A newer link of this device replaced this one."),
        GraceExpired => (ReconnectLater, "The host did not respond within its grace time."),
        SceneLost => (DoNotReconnect, "The host has lost the scene of the connection."),
        ReconnectRequested => (ReconnectNow, "The application requested a new link."),
        MessageTooLarge => (ReconnectLater, "A message was larger than the other side accepts."),
        _ => (ReconnectLater, $"The connection has ended: {reason}."),
    };
}
