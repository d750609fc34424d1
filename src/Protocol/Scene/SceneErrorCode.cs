using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Protocol.Scene;

/// <summary>What the scene of a host refuses. The values are the error codes of the host protocol, the names its reasons.</summary>
internal enum SceneErrorCode
{
    /// <summary>Parameters that are missing, or of another form.</summary>
    InvalidParameters = HostErrorCode.InvalidParameters,

    None = 0,
    InvalidParameter = 3,
    FileNotFound = 300,
    InvalidVersion = 301,
    FailedToOpenFile = 303,
    FileDownloadFailed = 304,
    ExceedsMemoryLimit = 305,
    FileCorrupt = 307,
    UnsupportedFileProvider = 309,
    InvalidId = 600,
    InvalidParentId = 601,
    AlreadyExists = 602,
    CyclicReference = 603,
    LimitReached = 607,
    AuthenticationFailed = 904,
}
