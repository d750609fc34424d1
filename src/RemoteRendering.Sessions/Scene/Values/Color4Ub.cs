namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a colour with 8 bits for each channel.</summary>
public readonly struct Color4Ub : IEquatable<Color4Ub>
{
    /// <summary>Creates a colour.</summary>
    /// <param name="r">Red.</param>
    /// <param name="g">Green.</param>
    /// <param name="b">Blue.</param>
    /// <param name="a">Opacity: 0 transparent, 255 opaque.</param>
    public Color4Ub(byte r, byte g, byte b, byte a)
    {
        R = r;
        G = g;
        B = b;
        A = a;
    }

    /// <summary>Gets the red channel.</summary>
    public byte R { get; }

    /// <summary>Gets the green channel.</summary>
    public byte G { get; }

    /// <summary>Gets the blue channel.</summary>
    public byte B { get; }

    /// <summary>Gets the opacity: 0 is transparent, 255 is opaque.</summary>
    public byte A { get; }

    internal uint Packed => R | ((uint)G << 8) | ((uint)B << 16) | ((uint)A << 24);

    /// <summary>Compares two colours.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(Color4Ub left, Color4Ub right) => left.Equals(right);

    /// <summary>Compares two colours.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Color4Ub left, Color4Ub right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Color4Ub other) => Packed == other.Packed;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Color4Ub other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)Packed);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"#{R:x2}{G:x2}{B:x2}{A:x2}");
}
