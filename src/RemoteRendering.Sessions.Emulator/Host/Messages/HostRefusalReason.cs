namespace RemoteRendering.Sessions.Emulator;

/// <summary>Why a host refuses a <c>bind</c>. The values are the error codes of the host protocol.</summary>
public enum HostRefusalReason
{
    /// <summary>No reason: not a refusal.</summary>
    None = 0,

    /// <summary>The token is not good for this session.</summary>
    AuthenticationFailed = 904,

    /// <summary>The host does not speak the version of the protocol that the client asked for.</summary>
    ProtocolVersionMismatch = 911,

    /// <summary>Another device holds the session.</summary>
    OtherSessionConnected = 1203,

    /// <summary>The session is still starting.</summary>
    SessionNotReady = 1204,

    /// <summary>The session is stopped, expired or failed.</summary>
    SessionEnded = 1205,

    /// <summary>The host has no such session.</summary>
    SessionNotFound = 1502,

    /// <summary>The client asked too often.</summary>
    TooManyRequests = 1503,

    /// <summary>A newer instance of the same device holds the session, or held it last.</summary>
    LinkSuperseded = 2007,

    /// <summary>A member of <c>bind</c> is missing or malformed.</summary>
    InvalidParameter = -32602,
}
