using System.Numerics;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>
/// The light in every picture: a sky, a sun above the right shoulder of a viewer that looks along -Z, and a lamp at the camera, so that
/// nothing it sees is black.
/// </summary>
internal static class Lighting
{
    private const float Ground = 0.16f;
    private const float Sky = 0.34f;
    private const float Sun = 0.62f;
    private const float Lamp = 0.20f;

    private static readonly Vector3 _toSun = Vector3.Normalize(new Vector3(0.25f, 0.75f, 0.55f));

    /// <summary>How much light a surface sends back.</summary>
    /// <param name="normal">Of unit length, towards the camera's side.</param>
    /// <param name="toCamera">The direction to the camera.</param>
    public static float On(Vector3 normal, Vector3 toCamera)
        => Ground + ((Sky - Ground) * 0.5f * (1 + normal.Y))
            + (Sun * MathF.Max(0, Vector3.Dot(normal, _toSun)))
            + (Lamp * MathF.Max(0, Vector3.Dot(normal, toCamera)));
}
