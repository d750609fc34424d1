using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// Specifies the error of a scene operation. Values are those of the <c>Result</c> enumeration of Azure Remote Rendering where it has one.
/// </summary>
public enum RenderingSceneError
{
    /// <summary>The operation failed for a reason without a value of its own.</summary>
    Fail = 1,

    /// <summary>A parameter is invalid: a number that is not finite, a ray without a length, or an empty volume.</summary>
    InvalidParameter = SceneErrorNumber.InvalidParameter,

    /// <summary>The object has the wrong type.</summary>
    InvalidType = 4,

    /// <summary>The host does not support the required feature of the protocol.</summary>
    NotSupported = 15,

    /// <summary>There is no file at the address.</summary>
    FileNotFound = SceneErrorNumber.FileNotFound,

    /// <summary>The model has an unsupported version of the format, or requires an extension that the host does not support.</summary>
    InvalidVersion = SceneErrorNumber.InvalidVersion,

    /// <summary>The file is not a model.</summary>
    FailedToOpenFile = SceneErrorNumber.FailedToOpenFile,

    /// <summary>The file could not be downloaded.</summary>
    FileDownloadFailed = SceneErrorNumber.FileDownloadFailed,

    /// <summary>The data is larger than the limit of the host or of this client.</summary>
    ExceedsMemoryLimit = SceneErrorNumber.ExceedsMemoryLimit,

    /// <summary>The file is a model, but corrupt.</summary>
    FileCorrupt = SceneErrorNumber.FileCorrupt,

    /// <summary>The host does not load files from this kind of address.</summary>
    UnsupportedFileProvider = SceneErrorNumber.UnsupportedFileProvider,

    /// <summary>The entity no longer exists: it was destroyed, or its scene is lost.</summary>
    InvalidId = SceneErrorNumber.InvalidId,

    /// <summary>The parent no longer exists, or belongs to another scene.</summary>
    InvalidParentId = SceneErrorNumber.InvalidParentId,

    /// <summary>The object already exists.</summary>
    AlreadyExists = SceneErrorNumber.AlreadyExists,

    /// <summary>The parent is the entity itself or a descendant of it.</summary>
    CyclicReference = SceneErrorNumber.CyclicReference,

    /// <summary>The scene has too many entities or is nested too deeply.</summary>
    LimitReached = SceneErrorNumber.LimitReached,

    /// <summary>The address requires a token, or another one.</summary>
    AuthenticationFailed = SceneErrorNumber.AuthenticationFailed,
}
