namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// The options of a <see cref="SceneFeature"/>: which requests it answers, and the limits of a scene. The limits are read when a model is
/// loaded, the others when the feature is made.
/// </summary>
public class SceneOptions
{
    private long _maxModelBytes = 256L * 1024 * 1024;
    private long _maxMemoryBytes = 2L * 1024 * 1024 * 1024;
    private long? _maxPrimitives = 20_000_000;
    private TimeSpan _downloadPatience = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets a value indicating whether clients may upload models of their own.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool HasUploads { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether clients may take pictures and previews.</summary>
    /// <value>The default is <see langword="true"/>. A feature without a renderer has none.</value>
    public bool HasFrames { get; set; } = true;

    /// <summary>Gets or sets the largest size of a model, with the files it names.</summary>
    /// <value>The default is 256 MiB; 1 byte to 1 GiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public long MaxModelBytes
    {
        get => _maxModelBytes;
        set => _maxModelBytes = value is >= 1 and <= 1024L * 1024 * 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be between 1 byte and 1 GiB.");
    }

    /// <summary>Gets or sets the most memory that the meshes and textures of a scene may take, in bytes.</summary>
    /// <value>The default is 2 GiB; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long MaxMemoryBytes
    {
        get => _maxMemoryBytes;
        set =>
            _maxMemoryBytes = value >= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be positive.");
    }

    /// <summary>Gets or sets the most triangles, lines and points of a scene; a mesh counts for each entity that carries it.</summary>
    /// <value>The default is 20,000,000; <see langword="null"/> for no limit; else positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? MaxPrimitives
    {
        get => _maxPrimitives;
        set =>
            _maxPrimitives = value is null or >= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be positive, or null for none.");
    }

    /// <summary>Gets or sets a value indicating whether models may come from plain HTTP.</summary>
    /// <value>The default is <see langword="false"/>: only <c>https</c> and <c>builtin</c>.</value>
    public bool AllowHttp { get; set; }

    /// <summary>Gets or sets a value indicating whether models may come from loopback, link-local and private addresses.</summary>
    /// <value>
    /// The default is <see langword="false"/>: a client must not reach through the host what it cannot reach itself. Set it to load from a
    /// server on this machine.
    /// </value>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Gets or sets the time that the host waits for the next bytes of a model that it fetches.</summary>
    /// <value>The default is 30 seconds; positive. Runs on the clock of the feature.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan DownloadPatience
    {
        get => _downloadPatience;
        set =>
            _downloadPatience = value > TimeSpan.Zero
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The time must be positive.");
    }

    /// <summary>
    /// Gets or sets the handler that fetches models in place of the network. It must not follow redirects by itself, and it decides which
    /// addresses it connects to.
    /// </summary>
    /// <value>The default is <see langword="null"/>, for the network. The caller disposes the handler.</value>
    public HttpMessageHandler? DownloadHandler { get; set; }
}
