using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a point or a vector with double precision. Positions are in metres, in a right-handed system with Y up.</summary>
public readonly struct Double3 : IEquatable<Double3>
{
    /// <summary>Creates a vector.</summary>
    /// <param name="x">The first coordinate.</param>
    /// <param name="y">The second coordinate.</param>
    /// <param name="z">The third coordinate.</param>
    public Double3(double x, double y, double z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    /// <summary>Gets the zero vector.</summary>
    public static Double3 Zero => default;

    /// <summary>Gets the first coordinate.</summary>
    public double X { get; }

    /// <summary>Gets the second coordinate.</summary>
    public double Y { get; }

    /// <summary>Gets the third coordinate.</summary>
    public double Z { get; }

    /// <summary>Gets the length of the vector.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    internal bool IsFinite => SceneNumbers.IsFinite(X) && SceneNumbers.IsFinite(Y) && SceneNumbers.IsFinite(Z);

    /// <summary>Adds two vectors.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The sum.</returns>
    public static Double3 operator +(Double3 left, Double3 right) => left.Add(right);

    /// <summary>Subtracts a vector from another.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The vector to subtract.</param>
    /// <returns>The difference.</returns>
    public static Double3 operator -(Double3 left, Double3 right) => left.Subtract(right);

    /// <summary>Multiplies a vector by a number.</summary>
    /// <param name="left">The vector.</param>
    /// <param name="right">The number.</param>
    /// <returns>The product.</returns>
    public static Double3 operator *(Double3 left, double right) => left.Multiply(right);

    /// <summary>Compares two vectors.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether all coordinates are equal.</returns>
    public static bool operator ==(Double3 left, Double3 right) => left.Equals(right);

    /// <summary>Compares two vectors.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether any coordinate differs.</returns>
    public static bool operator !=(Double3 left, Double3 right) => !left.Equals(right);

    /// <summary>Adds a vector.</summary>
    /// <param name="other">The other vector.</param>
    /// <returns>The sum.</returns>
    public Double3 Add(Double3 other) => new(X + other.X, Y + other.Y, Z + other.Z);

    /// <summary>Subtracts a vector.</summary>
    /// <param name="other">The vector to subtract.</param>
    /// <returns>The difference.</returns>
    public Double3 Subtract(Double3 other) => new(X - other.X, Y - other.Y, Z - other.Z);

    /// <summary>Multiplies by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <returns>The product.</returns>
    public Double3 Multiply(double factor) => new(X * factor, Y * factor, Z * factor);

    /// <inheritdoc/>
    public bool Equals(Double3 other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Double3 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((((X.GetHashCode() * 397) ^ Y.GetHashCode()) * 397) ^ Z.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z})");
}
