namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

/// <summary>A texture at one of its sizes.</summary>
internal sealed class TextureLevel(int width, int height, byte[] rgba)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public byte[] Rgba { get; } = rgba;

    /// <summary>A picture and all its halvings.</summary>
    public static TextureLevel[] Chain(TextureLevel full)
    {
        List<TextureLevel> levels = [full];
        while (levels[^1] is { } last && (last.Width > 1 || last.Height > 1))
        {
            levels.Add(last.Half());
        }

        return [.. levels];
    }

    /// <summary>Averages in linear light, each colour by its alpha: what is seen through does not darken what is beside it.</summary>
    private TextureLevel Half()
    {
        int halfWidth = Math.Max(1, Width / 2);
        int halfHeight = Math.Max(1, Height / 2);
        var half = new byte[4 * halfWidth * halfHeight];
        for (int y = 0; y < halfHeight; y++)
        {
            int upper = Math.Min(2 * y, Height - 1) * Width;
            int lower = Math.Min((2 * y) + 1, Height - 1) * Width;
            for (int x = 0; x < halfWidth; x++)
            {
                int left = Math.Min(2 * x, Width - 1);
                int right = Math.Min((2 * x) + 1, Width - 1);
                Average(
                    half.AsSpan(4 * ((y * halfWidth) + x), 4), 4 * (upper + left), 4 * (upper + right), 4 * (lower + left),
                    4 * (lower + right));
            }
        }

        return new TextureLevel(halfWidth, halfHeight, half);
    }

    private void Average(Span<byte> target, int a, int b, int c, int d)
    {
        ReadOnlySpan<float> linear = SrgbCurve.ToLinear;
        byte[] rgba = Rgba;
        int alpha = rgba[a + 3] + rgba[b + 3] + rgba[c + 3] + rgba[d + 3];
        for (int i = 0; i < 3; i++)
        {
            float sum = alpha == 0
                ? (linear[rgba[a + i]] + linear[rgba[b + i]] + linear[rgba[c + i]] + linear[rgba[d + i]]) * 0.25f
                : ((linear[rgba[a + i]] * rgba[a + 3]) + (linear[rgba[b + i]] * rgba[b + 3]) + (linear[rgba[c + i]] * rgba[c + 3])
                    + (linear[rgba[d + i]] * rgba[d + 3])) / alpha;
            target[i] = SrgbCurve.FromLinear(sum);
        }

        target[3] = (byte)((alpha + 2) / 4);
    }
}
