namespace RemoteRendering.Sessions;

/// <summary>
/// Specifies the reason a connection changed or failed. Values are those of the <c>Result</c> enumeration of the ARR runtime or of the host
/// protocol where they have one; the values of this library start at 2000.
/// </summary>
public enum RenderingConnectionReason
{
    /// <summary>The operation succeeded: the device is connecting or connected.</summary>
    Success = 0,

    /// <summary>The caller cancelled the connect.</summary>
    Cancelled = 2,

    /// <summary>The host rejected the parameters that this device sent to connect.</summary>
    InvalidParameter = 3,

    /// <summary>The operation needs a connection and there is none.</summary>
    NoConnection = 6,

    /// <summary>An earlier call is already connecting the session.</summary>
    InProgress = 12,

    /// <summary>The name of the host could not be resolved.</summary>
    HandshakeUnreachable = 902,

    /// <summary>The host closed the TCP connection before the link was established. A host that does not support TLS does this.</summary>
    HandshakeConnectionFailed = 903,

    /// <summary>The access token is not valid for the session, and neither is a new one.</summary>
    AuthenticationFailed = 904,

    /// <summary>
    /// The link could not be established for a reason without a value of its own; the inner exception contains the details.
    /// </summary>
    HandshakeFailed = 907,

    /// <summary>The host uses another version of the protocol.</summary>
    ProtocolVersionMismatch = 911,

    /// <summary>The other side violated the protocol: a malformed frame, or one that is not allowed at that point.</summary>
    ProtocolError = 912,

    /// <summary>The link dropped.</summary>
    ConnectionLost = 914,

    /// <summary>The application disconnected.</summary>
    DisconnectRequest = 916,

    /// <summary>The host did not answer in time.</summary>
    Timeout = 917,

    /// <summary>The session is already connected.</summary>
    AlreadyConnected = 918,

    /// <summary>There is no route to the host.</summary>
    HandshakeNetworkUnreachable = 920,

    /// <summary>The address of the host refused the connection: no process is listening there.</summary>
    HandshakeConnectionRefused = 921,

    /// <summary>The host reported an internal error.</summary>
    InternalError = 927,

    /// <summary>Another device holds the session.</summary>
    OtherSessionConnected = 1203,

    /// <summary>The session is still starting.</summary>
    SessionNotReady = 1204,

    /// <summary>The session has ended: stopped, expired or failed.</summary>
    SessionEnded = 1205,

    /// <summary>The host or the service has no such session.</summary>
    SessionNotFound = 1502,

    /// <summary>The host accepts no more attempts for now.</summary>
    TooManyRequests = 1503,

    /// <summary>This device does not trust the certificate of the host.</summary>
    CertificateRejected = 2000,

    /// <summary>The host sent nothing for so long that the link counts as dead.</summary>
    HostUnresponsive = 2001,

    /// <summary>A client stopped the session.</summary>
    SessionStopped = 2002,

    /// <summary>The lease of the session ran out.</summary>
    LeaseExpired = 2003,

    /// <summary>The service reported that the session failed.</summary>
    SessionFailed = 2004,

    /// <summary>Another device took over the session.</summary>
    TakenOver = 2005,

    /// <summary>The host is being restarted.</summary>
    Maintenance = 2006,

    /// <summary>
    /// A newer link of the same device replaced this one, or a link of another instance of it: a second process with the same store. The
    /// host refuses the superseded instance while the other one holds the session, unless it connects with
    /// <see cref="RenderingBindPolicy.TakeOver"/>.
    /// </summary>
    LinkSuperseded = 2007,

    /// <summary>The grace time of the host is over, during which it keeps the binding and the scene of a lost connection.</summary>
    GraceExpired = 2008,

    /// <summary>The connection is re-established, but the host has lost its scene.</summary>
    SceneLost = 2009,

    /// <summary>The application requested a new link.</summary>
    ReconnectRequested = 2010,

    /// <summary>A message was larger than the other side accepts.</summary>
    MessageTooLarge = 2011,
}
