using System.Numerics;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Reads a texture.</summary>
internal static class TextureSampler
{
    /// <summary>The size of the texture whose pixels are about as large as the picture's.</summary>
    /// <param name="texture">The texture.</param>
    /// <param name="perX">How far the texture coordinate moves with a pixel to the right.</param>
    /// <param name="perY">How far with a pixel down.</param>
    public static TextureLevel Choose(TextureImage texture, Vector2 perX, Vector2 perY)
    {
        var size = new Vector2(texture.Width, texture.Height);
        float square = MathF.Max((perX * size).LengthSquared(), (perY * size).LengthSquared());
        TextureLevel[] levels = texture.Levels;
        return square > 2 ? levels[Math.Min(levels.Length - 1, (int)(0.5f * MathF.Log2(MathF.Min(square, 1e30f)) + 0.5f))] : levels[0];
    }

    /// <summary>Mixes the four pixels around a place, in linear light.</summary>
    public static Vector4 Sample(TextureLevel level, Vector2 coordinates)
    {
        float x = ((coordinates.X - MathF.Floor(coordinates.X)) * level.Width) - 0.5f;
        float y = ((coordinates.Y - MathF.Floor(coordinates.Y)) * level.Height) - 0.5f;
        float left = MathF.Floor(x);
        float top = MathF.Floor(y);
        int x0 = Wrap((int)left, level.Width);
        int y0 = Wrap((int)top, level.Height);
        int x1 = Wrap(x0 + 1, level.Width);
        int y1 = Wrap(y0 + 1, level.Height);
        Vector4 upper = Vector4.Lerp(Read(level, x0, y0), Read(level, x1, y0), x - left);
        Vector4 lower = Vector4.Lerp(Read(level, x0, y1), Read(level, x1, y1), x - left);
        return Vector4.Lerp(upper, lower, y - top);
    }

    /// <summary>One step beyond an end is the other end; what is no number is the beginning.</summary>
    private static int Wrap(int place, int size) => (uint)place < (uint)size ? place : place == -1 ? size - 1 : 0;

    private static Vector4 Read(TextureLevel level, int x, int y)
    {
        ReadOnlySpan<byte> pixel = level.Rgba.AsSpan(4 * ((y * level.Width) + x), 4);
        ReadOnlySpan<float> linear = SrgbCurve.ToLinear;
        return new Vector4(linear[pixel[0]], linear[pixel[1]], linear[pixel[2]], pixel[3] * (1f / 255));
    }
}
