using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A mesh at the place of an entity.</summary>
/// <param name="entity">The id of the entity.</param>
/// <param name="mesh">The mesh; instances share it.</param>
/// <param name="place">The place of the mesh's space in the world.</param>
/// <param name="tint">
/// A colour to be mixed into the material's, as sRGB from 0 to 1, its alpha as the share; <see langword="null"/> for none.
/// </param>
/// <param name="collides">Whether rays and volumes find it.</param>
public readonly struct MeshInstance(uint entity, SceneMesh mesh, Placement place, Vector4? tint, bool collides)
{
    /// <summary>Gets the id of the entity.</summary>
    public uint Entity { get; } = entity;

    /// <summary>Gets the mesh; instances share it.</summary>
    public SceneMesh Mesh { get; } = mesh;

    /// <summary>Gets the place of the mesh's space in the world.</summary>
    public Placement Place { get; } = place;

    /// <summary>
    /// Gets a colour to be mixed into the material's, as sRGB from 0 to 1, its alpha as the share; <see langword="null"/> for none.
    /// </summary>
    public Vector4? Tint { get; } = tint;

    /// <summary>Gets a value indicating whether rays and volumes find it.</summary>
    public bool Collides { get; } = collides;
}
