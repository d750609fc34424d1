using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene.Models;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Which model to load, and where to put it.</summary>
/// <remarks>Read when the load begins; later changes have no effect on it.</remarks>
public class LoadModelOptions
{
    private const long DefaultMaxUploadBytes = 256L * 1024 * 1024;

    /// <summary>Loads from an address that the host can read.</summary>
    /// <param name="modelUri">
    /// The address of a glTF 2.0 file, text or binary: <c>https</c>, <c>http</c> where the host allows it, or <c>builtin://</c> and the name of a model that the host has, as <c>builtin://Engine</c>. A query, as of a shared
    /// access signature, goes to the host and nowhere else.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="modelUri"/> is null.</exception>
    /// <exception cref="ArgumentException">The address is relative.</exception>
    public LoadModelOptions(Uri modelUri)
    {
        Guard.NotNull(modelUri, nameof(modelUri));
        ModelUri = modelUri.IsAbsoluteUri ? modelUri : throw new ArgumentException("The address must be absolute.", nameof(modelUri));
        Name = RedactedName(modelUri);
    }

    /// <summary>Loads from this device, which sends the file to the host.</summary>
    /// <param name="model">The bytes of a GLB file, or of a glTF that has everything embedded. Read from where it stands to its end; left open.</param>
    /// <param name="name">What to call it in messages, as <c>engine.glb</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public LoadModelOptions(Stream model, string name)
    {
        Guard.NotNull(model, nameof(model));
        Guard.NotNull(name, nameof(name));
        Model = model.CanRead ? model : throw new ArgumentException("The stream cannot be read.", nameof(model));
        Name = name;
    }

    /// <summary>Loads from this device, which sends the file and those that it names to the host.</summary>
    /// <param name="model">The bytes of a glTF or GLB file. Read from where it stands to its end; left open.</param>
    /// <param name="name">What to call it in messages, as <c>engine.gltf</c>.</param>
    /// <param name="openFile">
    /// Opens a file that the model names, as <c>engine.bin</c> or <c>textures/steel.png</c>; returns <see langword="null"/> when there is none. Asked for relative names only, with escapes undone. The stream is
    /// read from where it stands to its end, and disposed.
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

    /// <summary>Gets the full path of the file on this device; <see langword="null"/> when the model comes from an address or a stream.</summary>
    public string? ModelPath { get; }

    /// <summary>Gets what the model is called in messages: its address without the query, the name of the stream, or the name of the file.</summary>
    public string Name { get; }

    /// <summary>Gets or sets the entity to put the model below.</summary>
    /// <value><see langword="null"/> by default: at the top.</value>
    public Entity? Parent { get; set; }

    /// <summary>Gets or sets how many bytes of a stream, or of a file with those that it names, are sent at most. A stream that does not know its length is held in memory, up to this.</summary>
    /// <value>256 MiB by default; more than zero. The host has a limit of its own.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public long MaxUploadBytes
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be more than zero.");
    } = DefaultMaxUploadBytes;

    internal Func<string, Stream?>? OpenFile { get; }

    internal bool IsUpload => ModelUri is null;

    /// <summary>Loads a file of this device, which sends it to the host with the files that it names.</summary>
    /// <param name="path">
    /// The path of a glTF or GLB file, or of a folder with exactly one of them. Of the files that a glTF names, those in its folder and below are sent: a name that leads elsewhere is not followed.
    /// </param>
    /// <returns>The options. The file is opened when the load begins.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or the folder does not have exactly one model.</exception>
    public static LoadModelOptions FromPath(string path)
    {
        Guard.NotNull(path, nameof(path));
        return new LoadModelOptions(ModelFolder.FindModel(path));
    }

    /// <summary>The address as the host gets it. A name of a built-in model keeps its case, which a canonical address does not.</summary>
    internal string Address => IsBuiltIn(ModelUri!) ? ModelUri!.OriginalString : ModelUri!.AbsoluteUri;

    internal LoadModelOptions Clone() => (LoadModelOptions)MemberwiseClone();

    private static string RedactedName(Uri uri)
        => IsBuiltIn(uri) ? uri.OriginalString : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static bool IsBuiltIn(Uri uri) => string.Equals(uri.Scheme, "builtin", StringComparison.OrdinalIgnoreCase);
}
