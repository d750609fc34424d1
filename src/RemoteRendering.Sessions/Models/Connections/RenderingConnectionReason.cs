namespace RemoteRendering.Sessions;

/// <summary>
/// Why a connection changed or failed. Where the <c>Result</c> enumeration of the ARR runtime or the host protocol has a number for it, this is the number; the
/// library's own begin at 2000.
/// </summary>
public enum RenderingConnectionReason
{
    /// <summary>It went as it was asked: the device is connecting or connected.</summary>
    Success = 0,

    /// <summary>The caller cancelled the connect.</summary>
    Cancelled = 2,

    /// <summary>The host does not take what this device sent when it asked to be connected.</summary>
    InvalidParameter = 3,

    /// <summary>The operation needs a connection and there is none.</summary>
    NoConnection = 6,

    /// <summary>The session is being connected already, by an earlier call.</summary>
    InProgress = 12,

    /// <summary>The name of the host could not be resolved.</summary>
    HandshakeUnreachable = 902,

    /// <summary>The host closed the line before the link was made. A host that does not speak TLS does this.</summary>
    HandshakeConnectionFailed = 903,

    /// <summary>The access token is not good for the session, and a fresh one is not either.</summary>
    AuthenticationFailed = 904,

    /// <summary>The link could not be made, for a reason that has no number of its own; the inner exception knows more.</summary>
    HandshakeFailed = 907,

    /// <summary>The host speaks another version of the protocol.</summary>
    ProtocolVersionMismatch = 911,

    /// <summary>The other end broke the rules of the protocol: a malformed frame, or one that does not belong there.</summary>
    ProtocolError = 912,

    /// <summary>The link dropped.</summary>
    ConnectionLost = 914,

    /// <summary>The application disconnected.</summary>
    DisconnectRequest = 916,

    /// <summary>The host did not answer in time.</summary>
    Timeout = 917,

    /// <summary>The session is connected already.</summary>
    AlreadyConnected = 918,

    /// <summary>There is no route to the host.</summary>
    HandshakeNetworkUnreachable = 920,

    /// <summary>Nobody listens at the host's address.</summary>
    HandshakeConnectionRefused = 921,

    /// <summary>The host broke.</summary>
    InternalError = 927,

    /// <summary>Another device holds the session.</summary>
    OtherSessionConnected = 1203,

    /// <summary>The session is still starting.</summary>
    SessionNotReady = 1204,

    /// <summary>The session has ended: stopped, expired or failed.</summary>
    SessionEnded = 1205,

    /// <summary>The host or the service knows no such session.</summary>
    SessionNotFound = 1502,

    /// <summary>The host takes no more attempts for now.</summary>
    TooManyRequests = 1503,

    /// <summary>The host's certificate is not one that this device trusts.</summary>
    CertificateRejected = 2000,

    /// <summary>Nothing came from the host for so long that the link counts as dead.</summary>
    HostUnresponsive = 2001,

    /// <summary>Somebody stopped the session.</summary>
    SessionStopped = 2002,

    /// <summary>The lease of the session ran out.</summary>
    LeaseExpired = 2003,

    /// <summary>The service gave up the session.</summary>
    SessionFailed = 2004,

    /// <summary>Another device took the session over.</summary>
    TakenOver = 2005,

    /// <summary>The host is being restarted.</summary>
    Maintenance = 2006,

    /// <summary>
    /// A newer link of the same device took the place of this one, or another instance of it did: a second process with the same store. The host refuses a superseded instance while the other
    /// one holds the session, unless it connects with <see cref="RenderingBindPolicy.TakeOver"/>.
    /// </summary>
    LinkSuperseded = 2007,

    /// <summary>The host keeps a lost connection's place and scene for a while only, and that is over.</summary>
    GraceExpired = 2008,

    /// <summary>The connection is back, but the scene that it had is gone.</summary>
    SceneLost = 2009,

    /// <summary>The application asked for a new link.</summary>
    ReconnectRequested = 2010,

    /// <summary>A message was larger than the other end takes.</summary>
    MessageTooLarge = 2011,
}
