namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A point where a ray goes through a triangle.</summary>
/// <param name="entity">The id of the entity.</param>
/// <param name="part">The number of the part in its mesh.</param>
/// <param name="triangle">The number of the triangle in its mesh.</param>
/// <param name="position">The point, in the world.</param>
/// <param name="normal">The geometric normal in the world, of unit length.</param>
/// <param name="distance">The distance from the start of the ray, in metres.</param>
/// <param name="isFront">Whether the ray came from the front.</param>
public readonly struct RayHit(uint entity, int part, int triangle, Vector3D position, Vector3D normal, double distance, bool isFront)
{
    /// <summary>Gets the id of the entity.</summary>
    public uint Entity { get; } = entity;

    /// <summary>Gets the number of the part in <see cref="SceneMesh.Parts"/>.</summary>
    public int Part { get; } = part;

    /// <summary>Gets the number of the triangle in its mesh.</summary>
    public int Triangle { get; } = triangle;

    /// <summary>Gets the point, in the world.</summary>
    public Vector3D Position { get; } = position;

    /// <summary>
    /// Gets the geometric normal in the world, of unit length. It points out of the front, which is where the corners go counter-clockwise;
    /// in a mirrored mesh, as in glTF, clockwise.
    /// </summary>
    public Vector3D Normal { get; } = normal;

    /// <summary>Gets the distance from the start of the ray, in metres.</summary>
    public double Distance { get; } = distance;

    /// <summary>Gets a value indicating whether the ray came from the front.</summary>
    public bool IsFront { get; } = isFront;
}
