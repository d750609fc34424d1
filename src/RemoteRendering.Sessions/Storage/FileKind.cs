namespace RemoteRendering.Sessions.Storage;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or a link to nothing.</summary>
    None,

    /// <summary>A file with bytes of its own.</summary>
    Regular,

    /// <summary>A directory, a device, a pipe or a socket.</summary>
    Other,
}
