using System.Numerics;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry;

namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>A node of a model that has been read and is not in a scene yet.</summary>
internal sealed class ModelNode
{
    public string Name { get; init; } = "";

    /// <summary>Gets the index of the parent in the model; less than the node's own. -1 for the root.</summary>
    public int Parent { get; init; } = -1;

    public Vector3D Position { get; init; }

    public Quaternion Rotation { get; init; } = Quaternion.Identity;

    public Vector3 Scale { get; init; } = Vector3.One;

    /// <summary>Gets the local transform where single precision of rotation and scale is too little; null where it is enough.</summary>
    public Placement? Exact { get; init; }

    public ModelMesh? Mesh { get; set; }

    /// <summary>Gets or sets where the mesh stands in the node's space, maybe many times; null for once, as it is.</summary>
    public Placement[]? Instances { get; set; }

    public Placement Local => Exact ?? Placement.Compose(Position, Rotation, Scale);

    /// <summary>Gets how many triangles, lines and points it has.</summary>
    public long Primitives => (Mesh?.Primitives ?? 0) * (Instances?.Length ?? 1);

    /// <summary>Gets the <c>extras</c> as raw JSON; empty without.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }
}
