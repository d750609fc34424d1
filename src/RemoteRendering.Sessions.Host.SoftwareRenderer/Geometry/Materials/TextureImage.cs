namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

/// <summary>
/// A picture to be laid on triangles: 8 bits for each of red, green, blue (as sRGB) and alpha (straight), rows from the top.
/// </summary>
internal sealed class TextureImage
{
    private readonly Lazy<TextureLevel[]> _levels;

    public TextureImage(int width, int height, byte[] rgba)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgba.LongLength != 4L * width * height)
        {
            throw new ArgumentException(
                $"A picture of {width} x {height} has {4L * width * height} bytes, not {rgba.LongLength}.", nameof(rgba));
        }

        Width = width;
        Height = height;
        Rgba = rgba;
        Full = new TextureLevel(width, height, rgba);
        _levels = new Lazy<TextureLevel[]>(() => TextureLevel.Chain(Full));
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Rgba { get; }

    /// <summary>Gets the picture itself as a level.</summary>
    public TextureLevel Full { get; }

    /// <summary>Gets the picture and its halvings down to a single pixel; made when a picture first needs them.</summary>
    public TextureLevel[] Levels => _levels.Value;

    /// <summary>Gets the bytes it takes with its halvings.</summary>
    public long ByteSize => Rgba.LongLength * 4 / 3;
}
