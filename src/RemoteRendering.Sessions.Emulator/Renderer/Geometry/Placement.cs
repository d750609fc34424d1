using System.Numerics;

namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>
/// Where a space stands in another one: an affine map in double precision. <paramref name="X"/>, <paramref name="Y"/> and <paramref name="Z"/> are what the three axes become,
/// <paramref name="Origin"/> is where the origin goes. The default value maps everything to the origin; see <see cref="Identity"/>.
/// </summary>
internal readonly record struct Placement(Vector3D X, Vector3D Y, Vector3D Z, Vector3D Origin)
{
    public static Placement Identity { get; } = new(new Vector3D(1, 0, 0), new Vector3D(0, 1, 0), new Vector3D(0, 0, 1), default);

    /// <summary>Gets by how much volumes grow; negative when the map mirrors, 0 when it flattens.</summary>
    public double Determinant => Vector3D.Dot(X, Vector3D.Cross(Y, Z));

    /// <summary>Gets a value indicating whether boxes along the axes stay such boxes.</summary>
    public bool KeepsAxes => HasOneNumber(X) && HasOneNumber(Y) && HasOneNumber(Z);

    /// <summary>Scales, then turns, then moves, as the three parts of a node in glTF do.</summary>
    /// <param name="position">Where to.</param>
    /// <param name="rotation">A rotation; it is normalised here. Zero counts as no rotation.</param>
    /// <param name="scale">Along each axis; may be negative or 0.</param>
    public static Placement Compose(Vector3D position, Quaternion rotation, Vector3 scale) => Compose(position, (rotation.X, rotation.Y, rotation.Z, rotation.W), scale);

    /// <summary>The same in double precision.</summary>
    public static Placement Compose(Vector3D position, (double X, double Y, double Z, double W) rotation, Vector3D scale)
    {
        (double x, double y, double z, double w) = rotation;
        double square = (x * x) + (y * y) + (z * z) + (w * w);

        // Twice the products over the squared length: a quaternion of single precision is never quite a unit long.
        double s = square > 0 ? 2 / square : 0;
        return new Placement(
            new Vector3D(1 - (s * ((y * y) + (z * z))), s * ((x * y) + (w * z)), s * ((x * z) - (w * y))) * scale.X,
            new Vector3D(s * ((x * y) - (w * z)), 1 - (s * ((x * x) + (z * z))), s * ((y * z) + (w * x))) * scale.Y,
            new Vector3D(s * ((x * z) + (w * y)), s * ((y * z) - (w * x)), 1 - (s * ((x * x) + (y * y)))) * scale.Z,
            position);
    }

    /// <summary>First <paramref name="child"/>, then <paramref name="parent"/>: a child's place in its parent becomes its place in what its parent stands in.</summary>
    public static Placement operator *(Placement parent, Placement child) => new(
        parent.TransformVector(child.X),
        parent.TransformVector(child.Y),
        parent.TransformVector(child.Z),
        parent.TransformPoint(child.Origin));

    public Vector3D TransformPoint(Vector3D point) => TransformVector(point) + Origin;

    public Vector3D TransformVector(Vector3D vector) => (X * vector.X) + (Y * vector.Y) + (Z * vector.Z);

    /// <summary>Turns a normal as the surface turns under it: by the inverse transpose, up to a positive factor. Zero when the map flattens it away.</summary>
    public Vector3D TransformNormal(Vector3D normal)
    {
        Vector3D turned = (Vector3D.Cross(Y, Z) * normal.X) + (Vector3D.Cross(Z, X) * normal.Y) + (Vector3D.Cross(X, Y) * normal.Z);
        return Determinant < 0 ? -turned : turned;
    }

    /// <summary>The box around the eight corners of a box.</summary>
    public Box3D Transform(Box3 box)
    {
        if (box.IsEmpty)
        {
            return Box3D.Empty;
        }

        Vector3D min = box.Min;
        Vector3D max = box.Max;
        Vector3D center = TransformPoint((min + max) * 0.5);
        Vector3D half = (max - min) * 0.5;
        var reach = new Vector3D(
            (Math.Abs(X.X) * half.X) + (Math.Abs(Y.X) * half.Y) + (Math.Abs(Z.X) * half.Z),
            (Math.Abs(X.Y) * half.X) + (Math.Abs(Y.Y) * half.Y) + (Math.Abs(Z.Y) * half.Z),
            (Math.Abs(X.Z) * half.X) + (Math.Abs(Y.Z) * half.Y) + (Math.Abs(Z.Z) * half.Z));
        return new Box3D(center - reach, center + reach);
    }

    private static bool HasOneNumber(Vector3D axis) => (axis.X != 0 ? 1 : 0) + (axis.Y != 0 ? 1 : 0) + (axis.Z != 0 ? 1 : 0) <= 1;

    /// <summary>Finds the way back.</summary>
    /// <param name="inverse">The inverse; the default when there is none.</param>
    /// <returns>False when the map flattens, as a scale of 0 does, or its numbers are beyond what can be inverted.</returns>
    public bool TryInvert(out Placement inverse)
    {
        double determinant = Determinant;
        double reciprocal = 1 / determinant;
        if (determinant is 0 || !double.IsFinite(reciprocal) || !double.IsFinite(determinant))
        {
            inverse = default;
            return false;
        }

        Vector3D a = Vector3D.Cross(Y, Z) * reciprocal;
        Vector3D b = Vector3D.Cross(Z, X) * reciprocal;
        Vector3D c = Vector3D.Cross(X, Y) * reciprocal;
        inverse = new Placement(new Vector3D(a.X, b.X, c.X), new Vector3D(a.Y, b.Y, c.Y), new Vector3D(a.Z, b.Z, c.Z), default);
        inverse = inverse with { Origin = -inverse.TransformVector(Origin) };
        return inverse.X.IsFinite && inverse.Y.IsFinite && inverse.Z.IsFinite && inverse.Origin.IsFinite;
    }
}
