namespace RemoteRendering.Sessions.Scene;

/// <summary>What a preview shows, and how often.</summary>
/// <remarks>Read when the preview begins; later changes have no effect on it.</remarks>
public class RenderingPreviewOptions
{
    /// <summary>The largest width and height of a picture: 4,096.</summary>
    internal const int MaxSize = 4096;

    /// <summary>Creates the options.</summary>
    /// <param name="camera">From where.</param>
    /// <exception cref="ArgumentNullException"><paramref name="camera"/> is null.</exception>
    public RenderingPreviewOptions(RenderingCamera camera) => Camera = camera ?? throw new ArgumentNullException(nameof(camera));

    /// <summary>Gets from where the pictures are taken.</summary>
    public RenderingCamera Camera { get; }

    /// <summary>Gets or sets the width, in pixels.</summary>
    /// <value>640 by default; 1 to 4,096.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Width
    {
        get;
        set => field = CheckSize(value, nameof(value));
    } = 640;

    /// <summary>Gets or sets the height, in pixels.</summary>
    /// <value>360 by default; 1 to 4,096.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Height
    {
        get;
        set => field = CheckSize(value, nameof(value));
    } = 360;

    /// <summary>Gets or sets how many pictures there are in a second at most.</summary>
    /// <value>5 by default; 0.1 to 30.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FramesPerSecond
    {
        get;
        set => field = value is >= 0.1 and <= 30 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The rate must be between 0.1 and 30.");
    } = 5;

    internal static int CheckSize(int value, string name)
        => value is >= 1 and <= MaxSize ? value : throw new ArgumentOutOfRangeException(name, value, $"A picture has 1 to {MaxSize} pixels along each side.");
}
