using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>A corner in the camera's space, and how much of the second and third corner of the triangle it was cut from it is.</summary>
internal readonly record struct ViewVertex(Vector3D Position, double B, double C)
{
    /// <summary>A point on the way to another corner.</summary>
    public ViewVertex Toward(in ViewVertex other, double share) => new(
        Position + ((other.Position - Position) * share),
        B + ((other.B - B) * share),
        C + ((other.C - C) * share));
}
