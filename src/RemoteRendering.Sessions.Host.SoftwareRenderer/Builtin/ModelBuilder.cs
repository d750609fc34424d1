using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;

/// <summary>Puts a model together node by node, parents first.</summary>
internal sealed class ModelBuilder
{
    private readonly List<SceneModelNode> _nodes = [];

    /// <summary>Makes a mesh that any number of nodes can carry.</summary>
    public static SoftwareMesh Mesh(TriangleMesh triangles) => new(
        triangles, Array.ConvertAll(triangles.Parts, part => part.TriangleCount),
        triangles.ByteSize + triangles.Parts.Sum(part => part.Material.BaseColorTexture?.ByteSize ?? 0));

    public int Add(
        int parent, string name, Vector3D position = default, Quaternion? rotation = null, Vector3? scale = null, SoftwareMesh? mesh = null,
        ReadOnlyMemory<byte> metadata = default)
    {
        _nodes.Add(new SceneModelNode
        {
            Name = name,
            Parent = parent,
            Position = position,
            Rotation = rotation ?? Quaternion.Identity,
            Scale = scale ?? Vector3.One,
            Mesh = mesh,
            Metadata = metadata,
        });
        return _nodes.Count - 1;
    }

    public SceneModel Build() => new(_nodes);
}
