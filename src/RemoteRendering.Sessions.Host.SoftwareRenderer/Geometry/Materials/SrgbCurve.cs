namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

/// <summary>Between light and the bytes that stand for it.</summary>
internal static class SrgbCurve
{
    private const int Steps = 1 << 14;

    private static readonly float[] _toLinear = MakeToLinear();
    private static readonly byte[] _fromLinear = MakeFromLinear();

    /// <summary>Gets the light of each byte.</summary>
    public static ReadOnlySpan<float> ToLinear => _toLinear;

    /// <summary>The byte for an amount of light; too little, too much and what is no number are cut off.</summary>
    public static byte FromLinear(float light)
        => !(light > 0) ? (byte)0 : light >= 1 ? (byte)255 : _fromLinear[(int)((light * Steps) + 0.5f)];

    /// <summary>The light of a value from 0 to 1.</summary>
    public static float Decode(float value) => value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);

    private static float[] MakeToLinear()
    {
        var table = new float[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = Decode(i / 255f);
        }

        return table;
    }

    private static byte[] MakeFromLinear()
    {
        var table = new byte[Steps + 1];
        for (int i = 0; i < table.Length; i++)
        {
            double light = (double)i / Steps;
            double value = light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
            table[i] = (byte)Math.Round(value * 255);
        }

        return table;
    }
}
