namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the mesh of an entity. Meshes come from models and cannot be removed from their entity.</summary>
public class MeshComponent : ComponentBase
{
    internal MeshComponent(Entity owner, long primitives, IReadOnlyList<MeshComponentPart> parts)
        : base(owner)
    {
        Primitives = primitives;
        Parts = parts;
    }

    /// <summary>Creates a component, for test doubles that derive from this class.</summary>
    protected MeshComponent() => Parts = [];

    /// <inheritdoc/>
    public override ObjectType Type => ObjectType.MeshComponent;

    /// <summary>Gets the number of triangles, lines and points of the mesh.</summary>
    public virtual long Primitives { get; }

    /// <summary>Gets the parts, each with its own material. <see cref="RayCastHit.SubPartId"/> is an index into this list.</summary>
    public virtual IReadOnlyList<MeshComponentPart> Parts { get; }

    /// <summary>Not supported: meshes cannot be removed from their entity.</summary>
    /// <exception cref="RenderingSceneException">Always, with <see cref="RenderingSceneError.NotSupported"/>.</exception>
    public override void Destroy()
        => throw new RenderingSceneException(RenderingSceneError.NotSupported,
            $"The mesh of the {Owner} cannot be removed; disable or destroy the entity instead.", Owner, null, null);
}
