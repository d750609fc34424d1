namespace RemoteRendering.Sessions.Scene;

/// <summary>What makes an entity visible. Comes with a model and stays with its entity.</summary>
public class MeshComponent : ComponentBase
{
    internal MeshComponent(Entity owner, long primitives, IReadOnlyList<MeshComponentPart> parts)
        : base(owner)
    {
        Primitives = primitives;
        Parts = parts;
    }

    /// <summary>Creates a component for a test double to derive from.</summary>
    protected MeshComponent() => Parts = [];

    /// <inheritdoc/>
    public override ObjectType Type => ObjectType.MeshComponent;

    /// <summary>Gets how many triangles, lines and points the mesh has.</summary>
    public virtual long Primitives { get; }

    /// <summary>Gets the parts, each with a material of its own. <see cref="RayCastHit.SubPartId"/> counts them from 0.</summary>
    public virtual IReadOnlyList<MeshComponentPart> Parts { get; }

    /// <summary>Refuses: meshes stay with their entity.</summary>
    /// <exception cref="RenderingSceneException">Always, with <see cref="RenderingSceneError.NotSupported"/>.</exception>
    public override void Destroy()
        => throw new RenderingSceneException(RenderingSceneError.NotSupported, $"The mesh of the {Owner} stays with it; disable or destroy the entity instead.", Owner, null, null);
}
