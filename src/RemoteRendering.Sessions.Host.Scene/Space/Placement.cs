using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// The place of one space in another one: an affine map in double precision. The default value maps everything to the origin; see
/// <see cref="Identity"/>.
/// </summary>
/// <param name="x">The image of the first axis.</param>
/// <param name="y">The image of the second axis.</param>
/// <param name="z">The image of the third axis.</param>
/// <param name="origin">The image of the origin.</param>
public readonly struct Placement(Vector3D x, Vector3D y, Vector3D z, Vector3D origin) : IEquatable<Placement>
{
    /// <summary>Gets the map that changes nothing.</summary>
    public static Placement Identity { get; } = new(new Vector3D(1, 0, 0), new Vector3D(0, 1, 0), new Vector3D(0, 0, 1), default);

    /// <summary>Gets the image of the first axis.</summary>
    public Vector3D X { get; } = x;

    /// <summary>Gets the image of the second axis.</summary>
    public Vector3D Y { get; } = y;

    /// <summary>Gets the image of the third axis.</summary>
    public Vector3D Z { get; } = z;

    /// <summary>Gets the image of the origin.</summary>
    public Vector3D Origin { get; } = origin;

    /// <summary>Gets the factor by which volumes grow: negative when the map mirrors, 0 when it flattens.</summary>
    public double Determinant => Vector3D.Dot(X, Vector3D.Cross(Y, Z));

    /// <summary>Gets a value indicating whether boxes along the axes stay such boxes.</summary>
    public bool KeepsAxes => HasOneNumber(X) && HasOneNumber(Y) && HasOneNumber(Z);

    /// <summary>Combines two maps: first <paramref name="child"/>, then <paramref name="parent"/>.</summary>
    /// <param name="parent">The place of the parent.</param>
    /// <param name="child">The place of the child in its parent.</param>
    /// <returns>The place of the child where its parent stands.</returns>
    public static Placement operator *(Placement parent, Placement child) => new(
        parent.TransformVector(child.X),
        parent.TransformVector(child.Y),
        parent.TransformVector(child.Z),
        parent.TransformPoint(child.Origin));

    /// <summary>Compares two maps.</summary>
    /// <param name="left">The first map.</param>
    /// <param name="right">The second map.</param>
    /// <returns><see langword="true"/> if all numbers are equal.</returns>
    public static bool operator ==(Placement left, Placement right) => left.Equals(right);

    /// <summary>Compares two maps.</summary>
    /// <param name="left">The first map.</param>
    /// <param name="right">The second map.</param>
    /// <returns><see langword="true"/> if a number differs.</returns>
    public static bool operator !=(Placement left, Placement right) => !left.Equals(right);

    /// <summary>Makes the map that scales, then rotates, then moves, as the three parts of a node in glTF do.</summary>
    /// <param name="position">The image of the origin.</param>
    /// <param name="rotation">The rotation; it is normalised here. Zero counts as no rotation.</param>
    /// <param name="scale">The factor along each axis; may be negative or 0.</param>
    /// <returns>The map.</returns>
    public static Placement Compose(Vector3D position, Quaternion rotation, Vector3 scale) =>
        Compose(position, rotation.X, rotation.Y, rotation.Z, rotation.W, scale);

    /// <summary>Makes the map that scales, then rotates, then moves, from a rotation in double precision.</summary>
    /// <param name="position">The image of the origin.</param>
    /// <param name="rotationX">The first part of the quaternion; it is normalised here. Zero counts as no rotation.</param>
    /// <param name="rotationY">The second part of the quaternion.</param>
    /// <param name="rotationZ">The third part of the quaternion.</param>
    /// <param name="rotationW">The real part of the quaternion.</param>
    /// <param name="scale">The factor along each axis; may be negative or 0.</param>
    /// <returns>The map.</returns>
    public static Placement Compose(
        Vector3D position, double rotationX, double rotationY, double rotationZ, double rotationW, Vector3D scale)
    {
        (double x, double y, double z, double w) = (rotationX, rotationY, rotationZ, rotationW);
        double square = (x * x) + (y * y) + (z * z) + (w * w);

        // Twice the products over the squared length: a quaternion of single precision is never quite a unit long.
        double s = square > 0 ? 2 / square : 0;
        return new Placement(
            new Vector3D(1 - (s * ((y * y) + (z * z))), s * ((x * y) + (w * z)), s * ((x * z) - (w * y))) * scale.X,
            new Vector3D(s * ((x * y) - (w * z)), 1 - (s * ((x * x) + (z * z))), s * ((y * z) + (w * x))) * scale.Y,
            new Vector3D(s * ((x * z) + (w * y)), s * ((y * z) - (w * x)), 1 - (s * ((x * x) + (y * y)))) * scale.Z,
            position);
    }

    /// <summary>Makes the same map with another image of the origin.</summary>
    /// <param name="origin">The image of the origin.</param>
    /// <returns>The map.</returns>
    public Placement WithOrigin(Vector3D origin) => new(X, Y, Z, origin);

    /// <summary>Transforms a point.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Its image.</returns>
    public Vector3D TransformPoint(Vector3D point) => TransformVector(point) + Origin;

    /// <summary>Transforms a direction; the origin has no part in it.</summary>
    /// <param name="vector">The direction.</param>
    /// <returns>Its image.</returns>
    public Vector3D TransformVector(Vector3D vector) => (X * vector.X) + (Y * vector.Y) + (Z * vector.Z);

    /// <summary>Transforms a normal as its surface is transformed: by the inverse transpose, up to a positive factor.</summary>
    /// <param name="normal">The normal.</param>
    /// <returns>Its image, not of unit length; zero when the map flattens it away.</returns>
    public Vector3D TransformNormal(Vector3D normal)
    {
        Vector3D turned = (Vector3D.Cross(Y, Z) * normal.X) + (Vector3D.Cross(Z, X) * normal.Y) + (Vector3D.Cross(X, Y) * normal.Z);
        return Determinant < 0 ? -turned : turned;
    }

    /// <summary>Finds the box around the eight corners of a box.</summary>
    /// <param name="box">The box.</param>
    /// <returns>The box along the axes around the image; <see cref="Box3D.Empty"/> for an empty one.</returns>
    public Box3D Transform(Box3D box)
    {
        if (box.IsEmpty)
        {
            return Box3D.Empty;
        }

        Vector3D center = TransformPoint((box.Min + box.Max) * 0.5);
        Vector3D half = (box.Max - box.Min) * 0.5;
        var reach = new Vector3D(
            (Math.Abs(X.X) * half.X) + (Math.Abs(Y.X) * half.Y) + (Math.Abs(Z.X) * half.Z),
            (Math.Abs(X.Y) * half.X) + (Math.Abs(Y.Y) * half.Y) + (Math.Abs(Z.Y) * half.Z),
            (Math.Abs(X.Z) * half.X) + (Math.Abs(Y.Z) * half.Y) + (Math.Abs(Z.Z) * half.Z));
        return new Box3D(center - reach, center + reach);
    }

    /// <summary>Finds the inverse.</summary>
    /// <param name="inverse">The inverse; the default when there is none.</param>
    /// <returns>
    /// <see langword="false"/> when the map flattens, as a scale of 0 does, or its numbers are too large or too small to invert.
    /// </returns>
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
        inverse = inverse.WithOrigin(-inverse.TransformVector(Origin));
        return inverse.X.IsFinite && inverse.Y.IsFinite && inverse.Z.IsFinite && inverse.Origin.IsFinite;
    }

    /// <inheritdoc/>
    public bool Equals(Placement other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z) && Origin.Equals(other.Origin);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Placement other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X, Y, Z, Origin);

    /// <inheritdoc/>
    public override string ToString() => $"{X}, {Y}, {Z} at {Origin}";

    private static bool HasOneNumber(Vector3D axis) => (axis.X != 0 ? 1 : 0) + (axis.Y != 0 ? 1 : 0) + (axis.Z != 0 ? 1 : 0) <= 1;
}
