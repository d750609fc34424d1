using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A plane in the world that cuts away everything on the side its normal points to.</summary>
/// <param name="point">A point of the plane.</param>
/// <param name="normal">The normal, of unit length.</param>
/// <param name="fadeColor">The colour that things take on towards the cut, as sRGB from 0 to 1, its alpha as the share at the cut.</param>
/// <param name="fadeLength">The distance from the cut at which that begins, in metres.</param>
public readonly struct CutPlane(Vector3D point, Vector3D normal, Vector4 fadeColor, float fadeLength)
{
    /// <summary>Gets a point of the plane.</summary>
    public Vector3D Point { get; } = point;

    /// <summary>Gets the normal, of unit length.</summary>
    public Vector3D Normal { get; } = normal;

    /// <summary>Gets the colour that things take on towards the cut, as sRGB from 0 to 1, its alpha as the share at the cut.</summary>
    public Vector4 FadeColor { get; } = fadeColor;

    /// <summary>Gets the distance from the cut at which the colour begins, in metres.</summary>
    public float FadeLength { get; } = fadeLength;

    /// <summary>Computes the distance of a point from the plane.</summary>
    /// <param name="point">The point, in the world.</param>
    /// <returns>The distance in metres; positive on the side that is cut away.</returns>
    public double Distance(Vector3D point) => Vector3D.Dot(point - Point, Normal);
}
