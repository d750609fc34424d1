namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// Specifies the error of a scene operation. Values are those of the <c>Result</c> enumeration of Azure Remote Rendering where it has one.
/// </summary>
public enum RenderingSceneError
{
    /// <summary>The operation failed for a reason without a value of its own.</summary>
    Fail = 1,

    /// <summary>A parameter is invalid: a number that is not finite, a ray without a length, or an empty volume.</summary>
    InvalidParameter = 3,

    /// <summary>The object has the wrong type.</summary>
    InvalidType = 4,

    /// <summary>The host does not support the required feature of the protocol.</summary>
    NotSupported = 15,

    /// <summary>There is no file at the address.</summary>
    FileNotFound = 300,

    /// <summary>The model has an unsupported version of the format, or requires an extension that the host does not support.</summary>
    InvalidVersion = 301,

    /// <summary>The file is not a model.</summary>
    FailedToOpenFile = 303,

    /// <summary>The file could not be downloaded.</summary>
    FileDownloadFailed = 304,

    /// <summary>The data is larger than the limit of the host or of this client.</summary>
    ExceedsMemoryLimit = 305,

    /// <summary>The file is a model, but corrupt.</summary>
    FileCorrupt = 307,

    /// <summary>The host does not load files from this kind of address.</summary>
    UnsupportedFileProvider = 309,

    /// <summary>The entity no longer exists: it was destroyed, or its scene is lost.</summary>
    InvalidId = 600,

    /// <summary>The parent no longer exists, or belongs to another scene.</summary>
    InvalidParentId = 601,

    /// <summary>The object already exists.</summary>
    AlreadyExists = 602,

    /// <summary>The parent is the entity itself or a descendant of it.</summary>
    CyclicReference = 603,

    /// <summary>The scene has too many entities or is nested too deeply.</summary>
    LimitReached = 607,

    /// <summary>The address requires a token, or another one.</summary>
    AuthenticationFailed = 904,
}
