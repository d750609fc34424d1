namespace RemoteRendering.Sessions.Storage;

/// <summary>Specifies the kind of file at a path.</summary>
internal enum FileKind
{
    /// <summary>No file, or a link to a file that does not exist.</summary>
    None,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory, a device, a pipe or a socket.</summary>
    Other,
}
