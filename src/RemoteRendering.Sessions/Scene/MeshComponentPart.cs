namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a part of a mesh with its own material.</summary>
public readonly struct MeshComponentPart : IEquatable<MeshComponentPart>
{
    /// <summary>Creates a part.</summary>
    /// <param name="material">The name of the material, empty when it has none.</param>
    /// <param name="primitives">The number of triangles, lines and points.</param>
    public MeshComponentPart(string material, long primitives)
    {
        Material = material;
        Primitives = primitives;
    }

    /// <summary>Gets the name of the material, empty when it has none.</summary>
    public string Material { get; }

    /// <summary>Gets the number of triangles, lines and points of the part.</summary>
    public long Primitives { get; }

    /// <summary>Compares two parts.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(MeshComponentPart left, MeshComponentPart right) => left.Equals(right);

    /// <summary>Compares two parts.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(MeshComponentPart left, MeshComponentPart right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MeshComponentPart other) => Material == other.Material && Primitives == other.Primitives;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MeshComponentPart other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Primitives.GetHashCode();
}
