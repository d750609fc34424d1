namespace RemoteRendering.Sessions;

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

    /// <summary>Gets the address; <see langword="null"/> when the model comes from a stream.</summary>
    public Uri? ModelUri { get; }

    /// <summary>Gets the stream; <see langword="null"/> when the model comes from an address.</summary>
    public Stream? Model { get; }

    /// <summary>Gets what the model is called in messages: its address without the query, or the name of the stream.</summary>
    public string Name { get; }

    /// <summary>Gets or sets the entity to put the model below.</summary>
    /// <value><see langword="null"/> by default: at the top.</value>
    public Entity? Parent { get; set; }

    /// <summary>Gets or sets how many bytes of a stream are sent at most. A stream that does not know its length is held in memory, up to this.</summary>
    /// <value>256 MiB by default; more than zero. The host has a limit of its own.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public long MaxUploadBytes
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be more than zero.");
    } = DefaultMaxUploadBytes;

    /// <summary>The address as the host gets it. A name of a built-in model keeps its case, which a canonical address does not.</summary>
    internal string Address => IsBuiltIn(ModelUri!) ? ModelUri!.OriginalString : ModelUri!.AbsoluteUri;

    internal LoadModelOptions Clone() => (LoadModelOptions)MemberwiseClone();

    private static string RedactedName(Uri uri)
        => IsBuiltIn(uri) ? uri.OriginalString : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static bool IsBuiltIn(Uri uri) => string.Equals(uri.Scheme, "builtin", StringComparison.OrdinalIgnoreCase);
}
