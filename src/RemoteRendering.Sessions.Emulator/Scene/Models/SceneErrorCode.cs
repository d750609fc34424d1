namespace RemoteRendering.Sessions.Emulator;

/// <summary>What the scene of a host refuses. The values are the error codes of the host protocol, the names its reasons.</summary>
public enum SceneErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Parameters are missing or have another form.</summary>
    InvalidParameters = -32602,

    /// <summary>A value is out of its range.</summary>
    InvalidParameter = 3,

    /// <summary>The file does not exist.</summary>
    FileNotFound = 300,

    /// <summary>The file is of a version, or needs an extension, that the host does not read.</summary>
    InvalidVersion = 301,

    /// <summary>The file cannot be opened.</summary>
    FailedToOpenFile = 303,

    /// <summary>The file cannot be downloaded.</summary>
    FileDownloadFailed = 304,

    /// <summary>The file or the scene would be larger than it may be.</summary>
    ExceedsMemoryLimit = 305,

    /// <summary>The file is broken.</summary>
    FileCorrupt = 307,

    /// <summary>The host does not load files from there.</summary>
    UnsupportedFileProvider = 309,

    /// <summary>There is no entity, upload or preview of this number, or the number may not be used.</summary>
    InvalidId = 600,

    /// <summary>There is no entity to be the parent.</summary>
    InvalidParentId = 601,

    /// <summary>There is an entity or a file of this name already.</summary>
    AlreadyExists = 602,

    /// <summary>An entity would stand below itself.</summary>
    CyclicReference = 603,

    /// <summary>There are as many as there may be.</summary>
    LimitReached = 607,

    /// <summary>The server of the file refuses the credentials in its address.</summary>
    AuthenticationFailed = 904,
}
