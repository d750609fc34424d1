using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A node of a model; becomes an entity of the scene.</summary>
public sealed class SceneModelNode
{
    /// <summary>Gets or sets the name. The default is empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the index of the parent in the model, less than the node's own. The default is -1, for the root.</summary>
    public int Parent { get; set; } = -1;

    /// <summary>Gets or sets the position in the parent, in metres.</summary>
    public Vector3D Position { get; set; }

    /// <summary>Gets or sets the rotation. The default is none.</summary>
    public Quaternion Rotation { get; set; } = Quaternion.Identity;

    /// <summary>Gets or sets the scale along each axis. The default is 1.</summary>
    public Vector3 Scale { get; set; } = Vector3.One;

    /// <summary>
    /// Gets or sets the place in the parent where the single precision of <see cref="Rotation"/> and <see cref="Scale"/> is too coarse. The
    /// default is <see langword="null"/>: it is fine enough.
    /// </summary>
    public Placement? Exact { get; set; }

    /// <summary>Gets or sets the mesh. The default is <see langword="null"/>, for none.</summary>
    public SceneMesh? Mesh { get; set; }

    /// <summary>Gets or sets the places of the mesh in the node's space. The default is <see langword="null"/>: once, as it is.</summary>
    public IReadOnlyList<Placement>? Instances { get; set; }

    /// <summary>Gets or sets the <c>extras</c> as raw JSON. The default is empty, for none.</summary>
    public ReadOnlyMemory<byte> Metadata { get; set; }

    /// <summary>Gets the place in the parent.</summary>
    public Placement Local => Exact ?? Placement.Compose(Position, Rotation, Scale);

    /// <summary>Gets the number of triangles, lines and points; the mesh counts once for each of its instances.</summary>
    public long Primitives => (Mesh?.Primitives ?? 0) * (Instances?.Count ?? 1);
}
