using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host;

/// <summary>Specifies the reason of a refused <c>bind</c>. The values are the error codes of the host protocol.</summary>
public enum HostRefusalReason
{
    /// <summary>No reason: not a refusal.</summary>
    None = 0,

    /// <summary>The token is not good for this session.</summary>
    AuthenticationFailed = HostErrorCode.AuthenticationFailed,

    /// <summary>The host does not speak the version of the protocol that the client asked for.</summary>
    ProtocolVersionMismatch = HostErrorCode.ProtocolVersionMismatch,

    /// <summary>Another device holds the session.</summary>
    OtherSessionConnected = HostErrorCode.OtherSessionConnected,

    /// <summary>The session is still starting.</summary>
    SessionNotReady = HostErrorCode.SessionNotReady,

    /// <summary>The session is stopped, expired or failed.</summary>
    SessionEnded = HostErrorCode.SessionEnded,

    /// <summary>The host has no such session.</summary>
    SessionNotFound = HostErrorCode.SessionNotFound,

    /// <summary>The client asked too often.</summary>
    TooManyRequests = HostErrorCode.TooManyRequests,

    /// <summary>A newer instance of the same device holds the session, or held it last.</summary>
    LinkSuperseded = HostErrorCode.LinkSuperseded,

    /// <summary>A member of <c>bind</c> is missing or malformed.</summary>
    InvalidParameter = HostErrorCode.InvalidParameters,
}
