using System.Numerics;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>A node of a model that has been read and is not in a scene yet.</summary>
internal sealed class ModelNode
{
    public string Name { get; init; } = "";

    /// <summary>Gets the index of the parent in the model; less than the node's own. -1 for the root.</summary>
    public int Parent { get; init; } = -1;

    public Vector3D Position { get; init; }

    public Quaternion Rotation { get; init; } = Quaternion.Identity;

    public Vector3 Scale { get; init; } = Vector3.One;

    public ModelMesh? Mesh { get; init; }

    /// <summary>Gets the <c>extras</c> as raw JSON; empty without.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }
}
