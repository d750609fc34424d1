using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>A sphere.</summary>
internal readonly struct SphereVolume(Vector3D center, double radius) : IVolume
{
    public Placement ToVolume(Placement place) => place.WithOrigin(place.Origin - center);

    public bool Reaches(Box3D box)
    {
        var nearest = new Vector3D(Nearest(box.Min.X, box.Max.X), Nearest(box.Min.Y, box.Max.Y), Nearest(box.Min.Z, box.Max.Z));

        // The box was rounded on its way here.
        return nearest.Length <= radius + (1e-12 * (box.Max - box.Min).Length);
    }

    public bool Touches(Vector3D a, Vector3D b, Vector3D c) => NearestToOrigin(a, b, c).LengthSquared <= radius * radius;

    private static double Nearest(double min, double max) => min > 0 ? min : max < 0 ? max : 0;

    /// <summary>
    /// The point of a triangle that is nearest to the origin: where the origin falls on its plane, if that is inside, else on an edge.
    /// </summary>
    private static Vector3D NearestToOrigin(Vector3D a, Vector3D b, Vector3D c)
    {
        Vector3D ab = b - a;
        Vector3D ac = c - a;
        Vector3D normal = Vector3D.Cross(ab, ac);
        double square = normal.LengthSquared;
        if (square > 0)
        {
            // Where the origin falls on the plane, as weights of the corners.
            double weightC = Vector3D.Dot(Vector3D.Cross(ab, -a), normal) / square;
            double weightB = Vector3D.Dot(Vector3D.Cross(-a, ac), normal) / square;
            if (weightB >= 0 && weightC >= 0 && weightB + weightC <= 1)
            {
                return normal * (Vector3D.Dot(a, normal) / square);
            }
        }

        // Else it is on an edge; of a triangle without an area too.
        Vector3D nearest = OnEdge(a, ab);
        Vector3D other = OnEdge(a, ac);
        nearest = other.LengthSquared < nearest.LengthSquared ? other : nearest;
        other = OnEdge(b, c - b);
        return other.LengthSquared < nearest.LengthSquared ? other : nearest;
    }

    private static Vector3D OnEdge(Vector3D start, Vector3D edge)
    {
        double square = edge.LengthSquared;
        return square > 0 ? start + (edge * Math.Clamp(-Vector3D.Dot(start, edge) / square, 0, 1)) : start;
    }
}
