using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>What the scene of a host refuses. The values are the error codes of the host protocol, the names its reasons.</summary>
public enum SceneErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Parameters are missing or have another form.</summary>
    InvalidParameters = SceneErrorNumber.InvalidParameters,

    /// <summary>A value is out of its range.</summary>
    InvalidParameter = SceneErrorNumber.InvalidParameter,

    /// <summary>The file does not exist.</summary>
    FileNotFound = SceneErrorNumber.FileNotFound,

    /// <summary>The file is of a version, or needs an extension, that the host does not read.</summary>
    InvalidVersion = SceneErrorNumber.InvalidVersion,

    /// <summary>The file cannot be opened.</summary>
    FailedToOpenFile = SceneErrorNumber.FailedToOpenFile,

    /// <summary>The file cannot be downloaded.</summary>
    FileDownloadFailed = SceneErrorNumber.FileDownloadFailed,

    /// <summary>The file or the scene would be larger than it may be.</summary>
    ExceedsMemoryLimit = SceneErrorNumber.ExceedsMemoryLimit,

    /// <summary>The file is broken.</summary>
    FileCorrupt = SceneErrorNumber.FileCorrupt,

    /// <summary>The host does not load files from there.</summary>
    UnsupportedFileProvider = SceneErrorNumber.UnsupportedFileProvider,

    /// <summary>There is no entity, upload or preview of this number, or the number may not be used.</summary>
    InvalidId = SceneErrorNumber.InvalidId,

    /// <summary>There is no entity to be the parent.</summary>
    InvalidParentId = SceneErrorNumber.InvalidParentId,

    /// <summary>There is an entity or a file of this name already.</summary>
    AlreadyExists = SceneErrorNumber.AlreadyExists,

    /// <summary>An entity would stand below itself.</summary>
    CyclicReference = SceneErrorNumber.CyclicReference,

    /// <summary>There are as many as there may be.</summary>
    LimitReached = SceneErrorNumber.LimitReached,

    /// <summary>The server of the file refuses the credentials in its address.</summary>
    AuthenticationFailed = SceneErrorNumber.AuthenticationFailed,
}
