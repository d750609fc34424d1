using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// A point or a direction in double precision: a scene may stand ten thousand kilometres from the origin and still be exact to the
/// micrometre. Lengths are in metres.
/// </summary>
/// <param name="x">The first coordinate.</param>
/// <param name="y">The second coordinate.</param>
/// <param name="z">The third coordinate.</param>
public readonly struct Vector3D(double x, double y, double z) : IEquatable<Vector3D>
{
    /// <summary>Gets the vector of zeros.</summary>
    public static Vector3D Zero => default;

    /// <summary>Gets the first coordinate.</summary>
    public double X { get; } = x;

    /// <summary>Gets the second coordinate.</summary>
    public double Y { get; } = y;

    /// <summary>Gets the third coordinate.</summary>
    public double Z { get; } = z;

    /// <summary>Gets the square of the length.</summary>
    public double LengthSquared => Dot(this, this);

    /// <summary>Gets the length.</summary>
    public double Length => Math.Sqrt(LengthSquared);

    /// <summary>Gets a value indicating whether all coordinates are finite.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Gets a coordinate by its number.</summary>
    /// <param name="axis">The number: 0 for the first, 1 for the second, anything else for the third.</param>
    public double this[int axis] => axis switch { 0 => X, 1 => Y, _ => Z };

    /// <summary>Converts from single precision, exactly.</summary>
    /// <param name="value">The vector in single precision.</param>
    public static implicit operator Vector3D(Vector3 value) => new(value.X, value.Y, value.Z);

    /// <summary>Rounds to single precision.</summary>
    /// <param name="value">The vector in double precision.</param>
    public static explicit operator Vector3(Vector3D value) => new((float)value.X, (float)value.Y, (float)value.Z);

    /// <summary>Adds two vectors.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns>The sum.</returns>
    public static Vector3D operator +(Vector3D left, Vector3D right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    /// <summary>Subtracts a vector from another.</summary>
    /// <param name="left">The vector to subtract from.</param>
    /// <param name="right">The vector to subtract.</param>
    /// <returns>The difference.</returns>
    public static Vector3D operator -(Vector3D left, Vector3D right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>Reverses a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <returns>The vector of the same length in the opposite direction.</returns>
    public static Vector3D operator -(Vector3D value) => new(-value.X, -value.Y, -value.Z);

    /// <summary>Multiplies a vector by a number.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="factor">The number.</param>
    /// <returns>The product.</returns>
    public static Vector3D operator *(Vector3D value, double factor) => new(value.X * factor, value.Y * factor, value.Z * factor);

    /// <summary>Compares two vectors.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns><see langword="true"/> if all coordinates are equal.</returns>
    public static bool operator ==(Vector3D left, Vector3D right) => left.Equals(right);

    /// <summary>Compares two vectors.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns><see langword="true"/> if a coordinate differs.</returns>
    public static bool operator !=(Vector3D left, Vector3D right) => !left.Equals(right);

    /// <summary>Computes the scalar product of two vectors.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns>The scalar product.</returns>
    public static double Dot(Vector3D left, Vector3D right) => (left.X * right.X) + (left.Y * right.Y) + (left.Z * right.Z);

    /// <summary>Computes the cross product of two vectors.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns>The cross product, right-handed.</returns>
    public static Vector3D Cross(Vector3D left, Vector3D right) => new(
        (left.Y * right.Z) - (left.Z * right.Y),
        (left.Z * right.X) - (left.X * right.Z),
        (left.X * right.Y) - (left.Y * right.X));

    /// <summary>Takes the smaller of each pair of coordinates.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns>The vector of the smaller coordinates.</returns>
    public static Vector3D Min(Vector3D left, Vector3D right)
        => new(Math.Min(left.X, right.X), Math.Min(left.Y, right.Y), Math.Min(left.Z, right.Z));

    /// <summary>Takes the larger of each pair of coordinates.</summary>
    /// <param name="left">The first vector.</param>
    /// <param name="right">The second vector.</param>
    /// <returns>The vector of the larger coordinates.</returns>
    public static Vector3D Max(Vector3D left, Vector3D right)
        => new(Math.Max(left.X, right.X), Math.Max(left.Y, right.Y), Math.Max(left.Z, right.Z));

    /// <summary>Scales the vector to unit length.</summary>
    /// <returns>The direction; <see cref="Zero"/> for a vector without a length, or with one that is not finite.</returns>
    public Vector3D Normalized()
    {
        // Scaled first, so that the square of a tiny or a huge length is still a number.
        double largest = Math.Max(Math.Abs(X), Math.Max(Math.Abs(Y), Math.Abs(Z)));
        if (largest is 0 || !double.IsFinite(largest))
        {
            return Zero;
        }

        var scaled = new Vector3D(X / largest, Y / largest, Z / largest);
        return scaled * (1 / scaled.Length);
    }

    /// <inheritdoc/>
    public bool Equals(Vector3D other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Vector3D other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X, Y, Z);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z})");
}
