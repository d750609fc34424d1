namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents an axis-aligned box.</summary>
public readonly struct Bounds : IEquatable<Bounds>
{
    /// <summary>Creates a box.</summary>
    /// <param name="min">The corner with the smallest coordinates.</param>
    /// <param name="max">The corner with the largest coordinates.</param>
    public Bounds(Double3 min, Double3 max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>Gets the corner with the smallest coordinates.</summary>
    public Double3 Min { get; }

    /// <summary>Gets the corner with the largest coordinates.</summary>
    public Double3 Max { get; }

    /// <summary>Gets the centre.</summary>
    public Double3 Center => (Min + Max) * 0.5;

    /// <summary>Gets the lengths of the edges.</summary>
    public Double3 Size => Max - Min;

    /// <summary>Compares two boxes.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(Bounds left, Bounds right) => left.Equals(right);

    /// <summary>Compares two boxes.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Bounds left, Bounds right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Bounds other) => Min.Equals(other.Min) && Max.Equals(other.Max);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bounds other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Min.GetHashCode() * 397) ^ Max.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Min} to {Max}");
}
