namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>A model that has been read.</summary>
internal sealed class Model
{
    /// <summary>The bytes of a place of an instance.</summary>
    private const long InstanceBytes = 96;

    public Model(IReadOnlyList<ModelNode> nodes, IReadOnlyList<ModelWarning>? warnings = null)
    {
        Warnings = warnings ?? [];
        Nodes = nodes;
        Primitives = nodes.Sum(node => node.Primitives);
        ByteSize = nodes.Select(node => node.Mesh).OfType<ModelMesh>().Distinct().Sum(mesh => mesh.ByteSize) + nodes.Sum(node => InstanceBytes * (node.Instances?.Length ?? 0));
        int[] levels = new int[nodes.Count];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = nodes[i].Parent < 0 ? 1 : levels[nodes[i].Parent] + 1;
        }

        Levels = levels.Max();
    }

    /// <summary>Gets the nodes, the root first, parents before children.</summary>
    public IReadOnlyList<ModelNode> Nodes { get; }

    /// <summary>Gets what of the file is not in the model.</summary>
    public IReadOnlyList<ModelWarning> Warnings { get; }

    /// <summary>Gets how many triangles, lines and points its nodes have together; a mesh counts for each node that has it.</summary>
    public long Primitives { get; }

    public long ByteSize { get; }

    /// <summary>Gets how many levels deep it is.</summary>
    public int Levels { get; }
}
