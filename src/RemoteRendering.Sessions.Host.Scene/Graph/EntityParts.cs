namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>What only few entities have.</summary>
internal sealed class EntityParts
{
    public SceneMesh? Mesh { get; set; }

    /// <summary>Gets or sets where the mesh stands in the entity's space, maybe many times; null for once, as it is.</summary>
    public IReadOnlyList<Placement>? Instances { get; set; }

    /// <summary>Gets or sets the place in the graph's list of entities with a mesh.</summary>
    public int MeshIndex { get; set; } = -1;

    public StateOverride? Override { get; set; }

    public CutPlaneComponent? Cut { get; set; }

    /// <summary>Gets or sets the place in the graph's row of cut planes, by age.</summary>
    public LinkedListNode<SceneEntity>? CutNode { get; set; }

    /// <summary>Gets or sets the <c>extras</c> of the node, as raw JSON; empty without.</summary>
    public ReadOnlyMemory<byte> Metadata { get; set; }
}
