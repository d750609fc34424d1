using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene.Models;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Provides the model to load and its parent.</summary>
/// <remarks>The options are read when the load starts; later changes have no effect on it.</remarks>
public class LoadModelOptions
{
    private const long DefaultMaxUploadBytes = 256L * 1024 * 1024;

    /// <summary>Creates the options for a model at an address that the host can read.</summary>
    /// <param name="modelUri">
    /// The address of a glTF 2.0 file, text or binary: <c>https</c>, <c>http</c> if the host allows it, or <c>builtin://</c> and the name
    /// of a built-in model of the host, for example <c>builtin://Engine</c>. A query, for example a shared access signature, is sent only
    /// to the host.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="modelUri"/> is null.</exception>
    /// <exception cref="ArgumentException">The address is relative.</exception>
    public LoadModelOptions(Uri modelUri)
    {
        Guard.NotNull(modelUri, nameof(modelUri));
        ModelUri = modelUri.IsAbsoluteUri ? modelUri : throw new ArgumentException("The model address must be absolute.", nameof(modelUri));
        Name = RedactedName(modelUri);
    }

    /// <summary>Creates the options for a model on this device, which sends the file to the host.</summary>
    /// <param name="model">
    /// The bytes of a GLB file, or of a glTF file with all data embedded. The stream is read from its position to its end and left open.
    /// </param>
    /// <param name="name">The name of the model in messages, for example <c>engine.glb</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public LoadModelOptions(Stream model, string name)
    {
        Guard.NotNull(model, nameof(model));
        Guard.NotNull(name, nameof(name));
        Model = model.CanRead ? model : throw new ArgumentException("The stream must be readable.", nameof(model));
        Name = name;
    }

    /// <summary>Creates the options for a model on this device, which sends the file and the files it references to the host.</summary>
    /// <param name="model">The bytes of a glTF or GLB file. The stream is read from its position to its end and left open.</param>
    /// <param name="name">The name of the model in messages, for example <c>engine.gltf</c>.</param>
    /// <param name="openFile">
    /// Opens a file that the model references, for example <c>engine.bin</c> or <c>textures/steel.png</c>; returns <see langword="null"/>
    /// when there is none. It is called with relative names only, without escapes. The stream is read from its position to its end and
    /// disposed.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public LoadModelOptions(Stream model, string name, Func<string, Stream?> openFile)
        : this(model, name)
    {
        Guard.NotNull(openFile, nameof(openFile));
        OpenFile = openFile;
    }

    private LoadModelOptions(string path)
    {
        ModelPath = path;
        Name = Path.GetFileName(path);
        OpenFile = new ModelFolder(Path.GetDirectoryName(path)!).Open;
    }

    /// <summary>Gets the address; <see langword="null"/> when the model comes from this device.</summary>
    public Uri? ModelUri { get; }

    /// <summary>Gets the stream; <see langword="null"/> when the model comes from an address or a path.</summary>
    public Stream? Model { get; }

    /// <summary>
    /// Gets the full path of the file on this device; <see langword="null"/> when the model comes from an address or a stream.
    /// </summary>
    public string? ModelPath { get; }

    /// <summary>
    /// Gets the name of the model in messages: its address without the query, the name of the stream, or the name of the file.
    /// </summary>
    public string Name { get; }

    /// <summary>Gets or sets the parent of the model.</summary>
    /// <value>The default is <see langword="null"/>: the top of the scene.</value>
    public Entity? Parent { get; set; }

    /// <summary>
    /// Gets or sets the largest number of bytes to send for a stream, or for a file with the files it references. A stream without a known
    /// length is buffered in memory, up to this limit.
    /// </summary>
    /// <value>The default is 256 MiB. Must be more than zero. The host has its own limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public long MaxUploadBytes
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be more than zero.");
    } = DefaultMaxUploadBytes;

    internal Func<string, Stream?>? OpenFile { get; }

    internal bool IsUpload => ModelUri is null;

    /// <summary>Creates the options for a file on this device, which sends it to the host with the files it references.</summary>
    /// <param name="path">
    /// The path of a glTF or GLB file, or of a folder that contains exactly one. Of the files that a glTF file references, those in its
    /// folder and below are sent; names that lead elsewhere are ignored.
    /// </param>
    /// <returns>The options. The file is opened when the load starts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist, or the folder does not contain exactly one model.</exception>
    public static LoadModelOptions FromPath(string path)
    {
        Guard.NotNull(path, nameof(path));
        return new LoadModelOptions(ModelFolder.FindModel(path));
    }

    /// <summary>
    /// Gets the address as it is sent to the host. The name of a built-in model keeps its case, which a canonical address does not.
    /// </summary>
    internal string Address => IsBuiltIn(ModelUri!) ? ModelUri!.OriginalString : ModelUri!.AbsoluteUri;

    internal LoadModelOptions Clone() => (LoadModelOptions)MemberwiseClone();

    private static string RedactedName(Uri uri)
        => IsBuiltIn(uri)
            ? uri.OriginalString
            : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static bool IsBuiltIn(Uri uri) => string.Equals(uri.Scheme, "builtin", StringComparison.OrdinalIgnoreCase);
}
