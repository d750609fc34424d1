namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>Where a ray meets a triangle.</summary>
/// <param name="T">The parameter of the ray: 0 at its start, 1 at its end.</param>
/// <param name="A">How much of the first corner the point is; the three add up to 1.</param>
/// <param name="B">How much of the second.</param>
/// <param name="C">How much of the third.</param>
/// <param name="IsFront">Whether the ray comes from the side from which the corners go counter-clockwise.</param>
internal readonly record struct TriangleHit(double T, double A, double B, double C, bool IsFront)
{
    public bool IsOnEdge => A is 0 || B is 0 || C is 0;
}
