namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>A hit while others are still looked for.</summary>
internal readonly record struct RayCandidate(int Instance, int Triangle, TriangleHit Hit)
{
    /// <summary>Nearer first; equally near ones in an order that does not depend on the tree.</summary>
    public bool IsBefore(in RayCandidate other)
        => Hit.T != other.Hit.T ? Hit.T < other.Hit.T
            : Instance != other.Instance ? Instance < other.Instance
            : Triangle < other.Triangle;
}
