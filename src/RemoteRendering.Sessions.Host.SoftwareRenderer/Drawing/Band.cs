using System.Numerics;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>Some rows of a picture, drawn by one thread at a time.</summary>
internal sealed class Band(byte[] rgba, float[] nearest, ViewFrame frame, int firstRow, int endRow)
{
    /// <summary>Pixels of a row that read a texture at one size.</summary>
    private const int LevelRun = 16;

    /// <summary>Fills it with the background.</summary>
    public void Clear()
    {
        // One over the depth is what is kept: it is linear on the picture, and fine where things are near.
        nearest.AsSpan(firstRow * frame.Width, (endRow - firstRow) * frame.Width).Fill((float)(1 / frame.Far));
        for (int row = firstRow; row < endRow; row++)
        {
            Background.FillRow(rgba.AsSpan(4 * row * frame.Width, 4 * frame.Width), (row + 0.5f) / frame.Height);
        }
    }

    /// <summary>Draws triangles, in their order.</summary>
    public void Draw(DrawList list, ReadOnlySpan<ScreenTriangle> triangles)
    {
        foreach (ref readonly ScreenTriangle triangle in triangles)
        {
            if (triangle.LastRow >= firstRow && triangle.FirstRow < endRow)
            {
                Draw(list.Items[triangle.Item], triangle);
            }
        }
    }

    private void Draw(DrawItem item, in ScreenTriangle triangle)
    {
        var surface = new Surface(item, triangle.Triangle, triangle.IsFront, frame.Backward);
        Pixel plain = surface.IsPlain ? surface.Plain : default;
        int first = Math.Max(firstRow, triangle.FirstRow);
        int last = Math.Min(endRow - 1, triangle.LastRow);
        for (int row = first; row <= last; row++)
        {
            (int start, int end) = triangle.Columns(row, frame.Width);
            if (start >= end)
            {
                continue;
            }

            int offset = (row * frame.Width) + start;
            Span<Pixel> pixels = MemoryMarshal.Cast<byte, Pixel>(rgba.AsSpan()).Slice(offset, end - start);
            Span<float> depths = nearest.AsSpan(offset, end - start);
            if (surface.IsPlain)
            {
                DrawPlain(triangle, plain, start, row, pixels, depths);
            }
            else
            {
                DrawRow(item, triangle, surface, start, row, pixels, depths);
            }
        }
    }

    private static void DrawPlain(in ScreenTriangle triangle, Pixel color, int start, int row, Span<Pixel> pixels, Span<float> depths)
    {
        float inverse = (float)triangle.InverseDepth.At(start + 0.5 - triangle.ReferenceX, row + 0.5 - triangle.ReferenceY);
        float inversePerX = (float)triangle.InverseDepth.PerX;
        for (int i = 0; i < depths.Length; i++)
        {
            float inverseDepth = inverse + (i * inversePerX);
            if (inverseDepth > depths[i])
            {
                depths[i] = inverseDepth;
                pixels[i] = color;
            }
        }
    }

    private static void DrawRow(
        DrawItem item, in ScreenTriangle triangle, in Surface surface, int start, int row, Span<Pixel> pixels, Span<float> depths)
    {
        double x = start + 0.5 - triangle.ReferenceX;
        double y = row + 0.5 - triangle.ReferenceY;
        float inverse = (float)triangle.InverseDepth.At(x, y);
        float inversePerX = (float)triangle.InverseDepth.PerX;
        float b = (float)triangle.B.At(x, y);
        float bPerX = (float)triangle.B.PerX;
        float c = (float)triangle.C.At(x, y);
        float cPerX = (float)triangle.C.PerX;
        SceneAlphaMode mode = item.Material.AlphaMode;
        TextureLevel? level = null;
        int levelEnd = 0;
        for (int i = 0; i < depths.Length; i++)
        {
            float inverseDepth = inverse + (i * inversePerX);
            if (!(inverseDepth > depths[i]))
            {
                continue;
            }

            // At the rim of a triangle a pixel's middle may lie outside by a rounding: the weights stay within it.
            float depth = 1 / inverseDepth;
            float weightB = Math.Clamp((b + (i * bPerX)) * depth, 0f, 1f);
            float weightC = Math.Clamp((c + (i * cPerX)) * depth, 0f, 1f);
            if (surface.IsTextured && i >= levelEnd)
            {
                level = surface.ChooseLevel(weightB, weightC, depth, triangle);
                levelEnd = i + LevelRun;
            }

            Vector4 color = surface.At(weightB, weightC, level);
            if (mode == SceneAlphaMode.Mask && color.W < item.Material.AlphaCutoff)
            {
                continue;
            }

            var light = new Vector3(color.X, color.Y, color.Z);
            foreach (ref readonly FadePlane fade in item.Fades.AsSpan())
            {
                light = fade.Apply(light, start + i + 0.5f, row + 0.5f, depth);
            }

            if (mode == SceneAlphaMode.Blend)
            {
                // What is seen through hides nothing that comes later.
                light = Vector3.Lerp(pixels[i].ToLinear(), light, Math.Clamp(color.W, 0f, 1f));
            }
            else
            {
                depths[i] = inverseDepth;
            }

            pixels[i] = Pixel.FromLinear(light);
        }
    }
}
