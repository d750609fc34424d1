using static RemoteRendering.Sessions.RenderingConnectionAdvice;
using static RemoteRendering.Sessions.RenderingConnectionReason;

namespace RemoteRendering.Sessions.Models.Connections;

/// <summary>What each reason means: one row for each, which a test holds.</summary>
internal static class ConnectionReasons
{
    /// <summary>Gets a sentence for a reason that came without one.</summary>
    public static string Sentence(RenderingConnectionReason reason) => Find(reason).Sentence;

    /// <summary>Gets what an application should do after an end with this reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="retryAfter">When the host takes another attempt, where it said so.</param>
    public static RenderingConnectionAdvice Advice(RenderingConnectionReason reason, TimeSpan? retryAfter)
    {
        RenderingConnectionAdvice advice = Find(reason).Advice;
        bool isWorthAWait = advice == ReconnectNow || reason is OtherSessionConnected or SessionNotReady;
        return isWorthAWait && retryAfter is not null ? ReconnectLater : advice;
    }

    /// <summary>Whether the application itself asked for it: there is no error to report.</summary>
    public static bool IsRequested(RenderingConnectionReason reason) => reason is DisconnectRequest or Cancelled or ReconnectRequested or Success;

    internal static (RenderingConnectionAdvice Advice, string Sentence) Find(RenderingConnectionReason reason) => reason switch
    {
        Success => (DoNotReconnect, "The connection works."),
        Cancelled => (DoNotReconnect, "The connect was cancelled."),
        InvalidParameter => (DoNotReconnect, "The host does not accept what this device sent when it asked to be connected."),
        NoConnection => (ReconnectNow, "There is no connection."),
        InProgress => (DoNotReconnect, "The session is being connected already."),
        HandshakeUnreachable => (ReconnectLater, "The name of the host could not be resolved."),
        HandshakeConnectionFailed => (ReconnectLater, "The host closed the line during the handshake."),
        AuthenticationFailed => (DoNotReconnect, "The host does not accept the access token."),
        HandshakeFailed => (ReconnectLater, "The link to the host could not be made."),
        ProtocolVersionMismatch => (DoNotReconnect, "The host speaks another version of the protocol."),
        ProtocolError => (ReconnectLater, "The rules of the host protocol were broken."),
        ConnectionLost => (ReconnectNow, "The link to the host was lost."),
        DisconnectRequest => (DoNotReconnect, "The application disconnected."),
        RenderingConnectionReason.Timeout => (ReconnectLater, "The host did not answer in time."),
        AlreadyConnected => (DoNotReconnect, "The session is connected already."),
        HandshakeNetworkUnreachable => (ReconnectLater, "There is no route to the host."),
        HandshakeConnectionRefused => (ReconnectLater, "The host refuses connections."),
        InternalError => (ReconnectLater, "An internal error ended the connection."),
        OtherSessionConnected => (DoNotReconnect, "Another device holds the session."),
        SessionNotReady => (ReconnectLater, "The session is not ready."),
        SessionEnded => (DoNotReconnect, "The session has ended."),
        SessionNotFound => (DoNotReconnect, "There is no such session."),
        TooManyRequests => (ReconnectLater, "The host takes no more attempts for now."),
        CertificateRejected => (DoNotReconnect, "The certificate of the host is not trusted."),
        HostUnresponsive => (ReconnectNow, "Nothing came from the host for too long."),
        SessionStopped => (DoNotReconnect, "The session was stopped."),
        LeaseExpired => (DoNotReconnect, "The lease of the session ran out."),
        SessionFailed => (DoNotReconnect, "The service gave up the session."),
        TakenOver => (DoNotReconnect, "Another device took the session over."),
        Maintenance => (ReconnectLater, "The host is being restarted."),
        LinkSuperseded => (DoNotReconnect, "A newer link of this device took the place of this one."),
        GraceExpired => (ReconnectLater, "The host did not come back within its grace."),
        SceneLost => (DoNotReconnect, "The scene that the connection had is gone."),
        ReconnectRequested => (ReconnectNow, "The application asked for a new link."),
        MessageTooLarge => (ReconnectLater, "A message was larger than the other end takes."),
        _ => (ReconnectLater, $"The connection has ended: {reason}."),
    };
}
