using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Protocol.Scene;

/// <summary>The error codes of the scene, its uploads and its pictures.</summary>
internal static class SceneErrorNumber
{
    /// <summary>Parameters are missing or have another form.</summary>
    public const int InvalidParameters = HostErrorCode.InvalidParameters;

    public const int InvalidParameter = 3;
    public const int FileNotFound = 300;
    public const int InvalidVersion = 301;
    public const int FailedToOpenFile = 303;
    public const int FileDownloadFailed = 304;
    public const int ExceedsMemoryLimit = 305;
    public const int FileCorrupt = 307;
    public const int UnsupportedFileProvider = 309;
    public const int InvalidId = 600;
    public const int InvalidParentId = 601;
    public const int AlreadyExists = 602;
    public const int CyclicReference = 603;
    public const int LimitReached = 607;
    public const int AuthenticationFailed = 904;
}
