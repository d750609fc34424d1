namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A box along the axes, in double precision.</summary>
/// <param name="min">The corner with the smallest coordinates.</param>
/// <param name="max">The corner with the largest coordinates.</param>
public readonly struct Box3D(Vector3D min, Vector3D max) : IEquatable<Box3D>
{
    /// <summary>Gets the box without a point: its ends are crossed, so that the union with another box is that box.</summary>
    public static Box3D Empty { get; } = new(
        new Vector3D(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity),
        new Vector3D(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity));

    /// <summary>Gets the corner with the smallest coordinates.</summary>
    public Vector3D Min { get; } = min;

    /// <summary>Gets the corner with the largest coordinates.</summary>
    public Vector3D Max { get; } = max;

    /// <summary>Gets a value indicating whether the box has no point.</summary>
    public bool IsEmpty => !(Min.X <= Max.X && Min.Y <= Max.Y && Min.Z <= Max.Z);

    /// <summary>Gets the middle.</summary>
    public Vector3D Center => (Min * 0.5) + (Max * 0.5);

    /// <summary>Compares two boxes.</summary>
    /// <param name="left">The first box.</param>
    /// <param name="right">The second box.</param>
    /// <returns><see langword="true"/> if both corners are equal.</returns>
    public static bool operator ==(Box3D left, Box3D right) => left.Equals(right);

    /// <summary>Compares two boxes.</summary>
    /// <param name="left">The first box.</param>
    /// <param name="right">The second box.</param>
    /// <returns><see langword="true"/> if a corner differs.</returns>
    public static bool operator !=(Box3D left, Box3D right) => !left.Equals(right);

    /// <summary>Finds the smallest box around this one and another.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>The box around both.</returns>
    public Box3D Union(Box3D other) => new(Vector3D.Min(Min, other.Min), Vector3D.Max(Max, other.Max));

    /// <inheritdoc/>
    public bool Equals(Box3D other) => Min.Equals(other.Min) && Max.Equals(other.Max);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Box3D other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Min, Max);

    /// <inheritdoc/>
    public override string ToString() => $"{Min} to {Max}";
}
