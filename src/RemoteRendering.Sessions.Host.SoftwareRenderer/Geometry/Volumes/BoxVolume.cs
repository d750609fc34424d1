using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>A box, turned and in any place.</summary>
internal readonly struct BoxVolume : IVolume
{
    private readonly Placement _toBox;
    private readonly Vector3D _center;
    private readonly Vector3D _half;

    /// <summary>Makes a box.</summary>
    /// <param name="frame">Where its middle is and how it is turned; without a scale.</param>
    /// <param name="halfExtents">How far it reaches from there along each of its axes.</param>
    public BoxVolume(Placement frame, Vector3D halfExtents)
    {
        _center = frame.Origin;
        _half = halfExtents;

        // A rotation is undone by its transpose.
        _toBox = new Placement(
            new Vector3D(frame.X.X, frame.Y.X, frame.Z.X), new Vector3D(frame.X.Y, frame.Y.Y, frame.Z.Y),
            new Vector3D(frame.X.Z, frame.Y.Z, frame.Z.Z), default);
    }

    public Placement ToVolume(Placement place) => _toBox * place.WithOrigin(place.Origin - _center);

    public bool Reaches(Box3D box)
    {
        // The box was rounded on its way here.
        double slack = 1e-12 * (box.Max - box.Min).Length;
        return box.Min.X <= _half.X + slack && box.Max.X >= -_half.X - slack
            && box.Min.Y <= _half.Y + slack && box.Max.Y >= -_half.Y - slack
            && box.Min.Z <= _half.Z + slack && box.Max.Z >= -_half.Z - slack;
    }

    /// <summary>
    /// They are apart exactly when they are along one of thirteen directions: the box's axes, the triangle's normal, and what stands square
    /// on an axis and an edge.
    /// </summary>
    public bool Touches(Vector3D a, Vector3D b, Vector3D c)
    {
        Vector3D ab = b - a;
        Vector3D bc = c - b;
        Vector3D ca = a - c;
        return !(AreApart(a, b, c, new Vector3D(1, 0, 0)) || AreApart(a, b, c, new Vector3D(0, 1, 0))
            || AreApart(a, b, c, new Vector3D(0, 0, 1))
            || AreApart(a, b, c, Vector3D.Cross(ab, bc))
            || AreApartAround(a, b, c, ab) || AreApartAround(a, b, c, bc) || AreApartAround(a, b, c, ca));
    }

    private bool AreApartAround(Vector3D a, Vector3D b, Vector3D c, Vector3D edge)
        => AreApart(a, b, c, new Vector3D(0, -edge.Z, edge.Y)) || AreApart(a, b, c, new Vector3D(edge.Z, 0, -edge.X))
            || AreApart(a, b, c, new Vector3D(-edge.Y, edge.X, 0));

    private bool AreApart(Vector3D a, Vector3D b, Vector3D c, Vector3D direction)
    {
        double onA = Vector3D.Dot(a, direction);
        double onB = Vector3D.Dot(b, direction);
        double onC = Vector3D.Dot(c, direction);
        double reach = (_half.X * Math.Abs(direction.X)) + (_half.Y * Math.Abs(direction.Y)) + (_half.Z * Math.Abs(direction.Z));
        return Math.Min(onA, Math.Min(onB, onC)) > reach || Math.Max(onA, Math.Max(onB, onC)) < -reach;
    }
}
