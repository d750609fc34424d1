namespace RemoteRendering.Sessions.Scene;

/// <summary>Why something about a scene could not be done. The numbers are those of the <c>Result</c> of Azure Remote Rendering, where it has one.</summary>
public enum RenderingSceneError
{
    /// <summary>For a reason that has no number of its own.</summary>
    Fail = 1,

    /// <summary>A number that is not finite, a ray of no length, a volume that is none.</summary>
    InvalidParameter = 3,

    /// <summary>An object of the wrong kind.</summary>
    InvalidType = 4,

    /// <summary>The host does not have the part of the protocol that is needed.</summary>
    NotSupported = 15,

    /// <summary>The address has no file.</summary>
    FileNotFound = 300,

    /// <summary>A model of another version of the format, or one that needs an extension which the host does not have.</summary>
    InvalidVersion = 301,

    /// <summary>Not a model at all.</summary>
    FailedToOpenFile = 303,

    /// <summary>The address could not be read.</summary>
    FileDownloadFailed = 304,

    /// <summary>Larger than the host, or this client, takes.</summary>
    ExceedsMemoryLimit = 305,

    /// <summary>A model, but a broken one.</summary>
    FileCorrupt = 307,

    /// <summary>An address that the host does not fetch.</summary>
    UnsupportedFileProvider = 309,

    /// <summary>The entity is gone: destroyed, or its scene is lost.</summary>
    InvalidId = 600,

    /// <summary>The parent is gone, or belongs to another scene.</summary>
    InvalidParentId = 601,

    /// <summary>There is one already.</summary>
    AlreadyExists = 602,

    /// <summary>The parent is the entity itself, or below it.</summary>
    CyclicReference = 603,

    /// <summary>The scene is full, or too deep.</summary>
    LimitReached = 607,

    /// <summary>The address wants a token, or a better one.</summary>
    AuthenticationFailed = 904,
}
