using System.Numerics;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>A pixel as it lies in a picture; the colour as sRGB.</summary>
internal readonly record struct Pixel(byte R, byte G, byte B, byte A)
{
    /// <summary>From light, all of it seen.</summary>
    public static Pixel FromLinear(Vector3 light)
        => new(SrgbCurve.FromLinear(light.X), SrgbCurve.FromLinear(light.Y), SrgbCurve.FromLinear(light.Z), 255);

    public Vector3 ToLinear()
    {
        ReadOnlySpan<float> linear = SrgbCurve.ToLinear;
        return new Vector3(linear[R], linear[G], linear[B]);
    }
}
