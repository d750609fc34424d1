namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>The file of a model, to be loaded by an <see cref="ISceneGeometry"/>.</summary>
public sealed class SceneModelFile
{
    private readonly Func<string, CancellationToken, Task<byte[]>>? _open;

    /// <summary>Creates a file.</summary>
    /// <param name="content">The whole content.</param>
    /// <param name="name">The name for messages; without what may be secret in an address.</param>
    /// <param name="rootName">The name of the root of the model.</param>
    /// <param name="open">
    /// Opens a file beside it by the name that the content gives it; throws a <see cref="SceneException"/> when it cannot.
    /// <see langword="null"/> when there are no files beside it.
    /// </param>
    public SceneModelFile(
        ReadOnlyMemory<byte> content, string name, string rootName, Func<string, CancellationToken, Task<byte[]>>? open = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rootName);
        Content = content;
        Name = name;
        RootName = rootName;
        _open = open;
    }

    /// <summary>Gets the whole content.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Gets the name for messages.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the root of the model.</summary>
    public string RootName { get; }

    /// <summary>Gets a value indicating whether there may be files beside it.</summary>
    public bool HasNeighbours => _open is not null;

    /// <summary>Opens a file beside it.</summary>
    /// <param name="reference">The name that the content gives it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The content of the other file.</returns>
    /// <exception cref="SceneException">There is no such file, or it cannot be fetched.</exception>
    public Task<byte[]> OpenNeighbourAsync(string reference, CancellationToken cancellationToken) => _open is not null
        ? _open(reference, cancellationToken)
        : throw new SceneException(
            SceneErrorCode.UnsupportedFileProvider,
            $"'{Name}' is a single file; there is no '{SceneLimits.ShortenName(reference)}' beside it.");
}
