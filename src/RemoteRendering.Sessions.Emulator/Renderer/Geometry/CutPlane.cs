using System.Numerics;

namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>Cuts away what lies on the side that its normal points to.</summary>
/// <param name="Point">A point of the plane, in the world.</param>
/// <param name="Normal">Its normal, of unit length, in the world.</param>
/// <param name="FadeColor">The colour that things take on towards the cut, as sRGB from 0 to 1; its alpha says how much of it they have at the cut.</param>
/// <param name="FadeLength">How far from the cut that begins, in metres.</param>
internal readonly record struct CutPlane(Vector3D Point, Vector3D Normal, Vector4 FadeColor, float FadeLength)
{
    /// <summary>How far a point lies on the side that is cut away; negative on the other.</summary>
    public double Distance(Vector3D point) => Vector3D.Dot(point - Point, Normal);
}
