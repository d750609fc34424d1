namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A model that has been loaded and is not in a scene yet.</summary>
public sealed class SceneModel
{
    /// <summary>The bytes of a place of an instance.</summary>
    private const long InstanceBytes = 96;

    /// <summary>Creates a model.</summary>
    /// <param name="nodes">The nodes, the root first, parents before children.</param>
    /// <param name="warnings">What of the file is not in the model; <see langword="null"/> for nothing.</param>
    /// <exception cref="ArgumentException">There are no nodes, or the parent of a node does not come before it.</exception>
    public SceneModel(IReadOnlyList<SceneModelNode> nodes, IReadOnlyList<SceneModelWarning>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        Warnings = warnings ?? [];
        Nodes = nodes;
        Levels = CountLevels(nodes);
        Primitives = nodes.Sum(node => node.Primitives);
        ByteSize = nodes.Select(node => node.Mesh).OfType<SceneMesh>().Distinct().Sum(mesh => mesh.ByteSize)
            + nodes.Sum(node => InstanceBytes * (node.Instances?.Count ?? 0));
    }

    /// <summary>Gets the nodes, the root first, parents before children.</summary>
    public IReadOnlyList<SceneModelNode> Nodes { get; }

    /// <summary>Gets what of the file is not in the model.</summary>
    public IReadOnlyList<SceneModelWarning> Warnings { get; }

    /// <summary>Gets the number of triangles, lines and points of all nodes; a mesh counts for each node that carries it.</summary>
    public long Primitives { get; }

    /// <summary>Gets the bytes that the meshes take in memory, each counted once.</summary>
    public long ByteSize { get; }

    /// <summary>Gets the number of levels from the root to the deepest node, the root included.</summary>
    public int Levels { get; }

    private static int CountLevels(IReadOnlyList<SceneModelNode> nodes)
    {
        int[] levels = new int[nodes.Count];
        for (int i = 0; i < levels.Length; i++)
        {
            int parent = nodes[i].Parent;
            if ((i == 0) != (parent < 0) || parent >= i)
            {
                throw new ArgumentException(
                    $"The parent of node {i} is {parent}; it must come before the node, and only the first node has none.", nameof(nodes));
            }

            levels[i] = i == 0 ? 1 : levels[parent] + 1;
        }

        return levels.Length > 0 ? levels.Max() : throw new ArgumentException("A model must have a root.", nameof(nodes));
    }
}
