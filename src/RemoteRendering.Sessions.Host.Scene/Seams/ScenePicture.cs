namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A picture that a renderer drew. The scene compresses it for the client.</summary>
public sealed class ScenePicture
{
    /// <summary>Creates a picture.</summary>
    /// <param name="width">The number of pixels in a row, at least 1.</param>
    /// <param name="height">The number of rows, at least 1.</param>
    /// <param name="rgba">
    /// Four bytes for each pixel: red, green and blue as sRGB, and alpha, not multiplied into them; rows from the top.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is less than 1.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not four times the width times the height.</exception>
    public ScenePicture(int width, int height, ReadOnlyMemory<byte> rgba)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgba.Length != 4L * width * height)
        {
            throw new ArgumentException(
                $"A picture of {width} x {height} has {4L * width * height} bytes, not {rgba.Length}.", nameof(rgba));
        }

        Width = width;
        Height = height;
        Rgba = rgba;
    }

    /// <summary>Gets the number of pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Height { get; }

    /// <summary>Gets the pixels: four bytes for each, red, green and blue as sRGB, and alpha; rows from the top.</summary>
    public ReadOnlyMemory<byte> Rgba { get; }
}
