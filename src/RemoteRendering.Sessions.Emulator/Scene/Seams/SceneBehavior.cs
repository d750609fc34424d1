namespace RemoteRendering.Sessions.Emulator;

/// <summary>What the emulated host does with scenes, and what it lets them cost. Values are read when something is loaded; which parts the host has is read when it starts.</summary>
public sealed class SceneBehavior
{
    private long _maxModelBytes = 256L * 1024 * 1024;
    private long _maxMemoryBytes = 2L * 1024 * 1024 * 1024;
    private long? _maxPrimitives = 20_000_000;
    private TimeSpan _downloadPatience = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets whether the host has scenes at all: entities, models and queries.</summary>
    /// <value><see langword="true"/> by default. Without them it has neither uploads nor pictures.</value>
    public bool HasScene { get; set; } = true;

    /// <summary>Gets or sets whether clients may upload models of their own.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool HasUploads { get; set; } = true;

    /// <summary>Gets or sets whether clients may take pictures and previews.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool HasFrames { get; set; } = true;

    /// <summary>Gets or sets how large a model may be, with the files it names.</summary>
    /// <value>256 MiB by default; 1 byte to 1 GiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public long MaxModelBytes
    {
        get => _maxModelBytes;
        set => _maxModelBytes = value is >= 1 and <= 1024L * 1024 * 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be between 1 byte and 1 GiB.");
    }

    /// <summary>Gets or sets how much memory the meshes and textures of a scene may take.</summary>
    /// <value>2 GiB by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long MaxMemoryBytes
    {
        get => _maxMemoryBytes;
        set => _maxMemoryBytes = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be positive.");
    }

    /// <summary>Gets or sets how many triangles, lines and points the scene of a session of size <see cref="SessionSize.Standard"/> may have; a mesh counts for each entity that carries it. A Premium session has no such limit.</summary>
    /// <value>20,000,000 by default, as the service had; <see langword="null"/> for no limit; else positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? MaxPrimitives
    {
        get => _maxPrimitives;
        set => _maxPrimitives = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be positive, or null for none.");
    }

    /// <summary>Gets or sets whether models may come from plain HTTP.</summary>
    /// <value><see langword="false"/> by default: only <c>https</c> and <c>builtin</c>.</value>
    public bool AllowHttp { get; set; }

    /// <summary>Gets or sets whether models may come from loopback, link-local and private addresses.</summary>
    /// <value><see langword="false"/> by default: a client must not reach through the host what it cannot reach itself. Set it to load from a server on this machine.</value>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Gets or sets how long the host waits for the next bytes of a model that it fetches.</summary>
    /// <value>30 seconds by default; positive. Runs on the emulator's clock.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan DownloadPatience
    {
        get => _downloadPatience;
        set => _downloadPatience = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time must be positive.");
    }

    /// <summary>Gets or sets what fetches models, in place of the network. It must not follow redirects by itself; the addresses that it connects to are its own matter.</summary>
    /// <value><see langword="null"/> by default. Stays the caller's to dispose.</value>
    public HttpMessageHandler? DownloadHandler { get; set; }

    /// <summary>Gets or sets the geometry, which loads models and answers queries; read when the host starts.</summary>
    /// <value><see langword="null"/> by default, for the one that comes with the emulator and reads glTF. Another one needs a <see cref="Renderer"/> that draws its meshes.</value>
    public ISceneGeometry? Geometry { get; set; }

    /// <summary>Gets or sets the renderer, which draws pictures and previews; read when the host starts.</summary>
    /// <value><see langword="null"/> by default, for the one that comes with the emulator and draws on the processor.</value>
    public ISceneRenderer? Renderer { get; set; }

    /// <summary>Gets the limits as they are now.</summary>
    /// <param name="isLimited">Whether <see cref="MaxPrimitives"/> counts.</param>
    internal SceneLimits LimitsOf(bool isLimited) => new(MaxModelBytes, MaxMemoryBytes, isLimited ? MaxPrimitives : null);
}
