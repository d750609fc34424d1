using System.Numerics;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

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
    public static Vector4 Sample(SceneMaterial material, TextureLevel level, Vector2 coordinates)
    {
        float x = (Fold(coordinates.X, material.WrapX) * level.Width) - 0.5f;
        float y = (Fold(coordinates.Y, material.WrapY) * level.Height) - 0.5f;
        float left = MathF.Floor(x);
        float top = MathF.Floor(y);
        int x0 = Inside((int)left, level.Width, material.WrapX);
        int y0 = Inside((int)top, level.Height, material.WrapY);
        int x1 = Inside((int)left + 1, level.Width, material.WrapX);
        int y1 = Inside((int)top + 1, level.Height, material.WrapY);
        Vector4 upper = Vector4.Lerp(Read(level, x0, y0), Read(level, x1, y0), x - left);
        Vector4 lower = Vector4.Lerp(Read(level, x0, y1), Read(level, x1, y1), x - left);
        return Vector4.Lerp(upper, lower, y - top);
    }

    /// <summary>Brings a coordinate to where the texture is, from 0 to 1.</summary>
    private static float Fold(float coordinate, TextureWrap wrap)
    {
        switch (wrap)
        {
            case TextureWrap.Clamp:
                return Math.Clamp(coordinate, 0f, 1f);
            case TextureWrap.Mirror:
                float twice = coordinate - (2 * MathF.Floor(coordinate * 0.5f));
                return twice > 1 ? 2 - twice : twice;
            default:
                return coordinate - MathF.Floor(coordinate);
        }
    }

    /// <summary>
    /// One step beyond an edge is the other edge where the texture repeats, else the same edge; what is no number is anywhere.
    /// </summary>
    private static int Inside(int place, int size, TextureWrap wrap)
    {
        if ((uint)place < (uint)size)
        {
            return place;
        }

        bool isBefore = place < 0;
        return isBefore == (wrap == TextureWrap.Repeat) ? size - 1 : 0;
    }

    private static Vector4 Read(TextureLevel level, int x, int y)
    {
        ReadOnlySpan<byte> pixel = level.Rgba.AsSpan(4 * ((y * level.Width) + x), 4);
        ReadOnlySpan<float> linear = SrgbCurve.ToLinear;
        return new Vector4(linear[pixel[0]], linear[pixel[1]], linear[pixel[2]], pixel[3] * (1f / 255));
    }
}
