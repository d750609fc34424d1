namespace RemoteRendering.Sessions.Scene;

/// <summary>Provides the options of a preview.</summary>
/// <remarks>The options are read when the preview starts; later changes have no effect on it.</remarks>
public class RenderingPreviewOptions
{
    /// <summary>The largest width and height of a picture: 4,096.</summary>
    internal const int MaxSize = 4096;

    /// <summary>Creates the options.</summary>
    /// <param name="camera">The camera.</param>
    /// <exception cref="ArgumentNullException"><paramref name="camera"/> is null.</exception>
    public RenderingPreviewOptions(RenderingCamera camera) => Camera = camera ?? throw new ArgumentNullException(nameof(camera));

    /// <summary>Gets the camera.</summary>
    public RenderingCamera Camera { get; }

    /// <summary>Gets or sets the width, in pixels.</summary>
    /// <value>The default is 640. From 1 to 4,096.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Width
    {
        get;
        set => field = CheckSize(value, nameof(value));
    } = 640;

    /// <summary>Gets or sets the height, in pixels.</summary>
    /// <value>The default is 360. From 1 to 4,096.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Height
    {
        get;
        set => field = CheckSize(value, nameof(value));
    } = 360;

    /// <summary>Gets or sets the highest number of pictures per second.</summary>
    /// <value>The default is 5. From 0.1 to 30.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FramesPerSecond
    {
        get;
        set =>
            field = value is >= 0.1 and <= 30
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The rate must be between 0.1 and 30.");
    } = 5;

    internal static int CheckSize(int value, string name)
        => value is >= 1 and <= MaxSize ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Width and height must be between 1 and {MaxSize} pixels.");
}
