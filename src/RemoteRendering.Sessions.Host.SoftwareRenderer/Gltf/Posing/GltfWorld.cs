using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

/// <summary>Where the nodes of a file stand in its scene, in double precision. Joints need not be nodes of the scene.</summary>
internal sealed class GltfWorld
{
    private readonly GltfObject[] _nodes;
    private readonly int[] _parents;
    private readonly Dictionary<int, Placement> _places = [];
    private readonly GltfTransform?[] _locals;

    public GltfWorld(GltfDocument document)
    {
        _nodes = document.List("nodes");
        _locals = new GltfTransform?[_nodes.Length];
        _parents = new int[_nodes.Length];
        Array.Fill(_parents, -1);
        foreach (GltfObject node in _nodes)
        {
            foreach (int child in node.Indices("children", "nodes"))
            {
                _parents[child] = node.Number;
            }
        }
    }

    /// <summary>Gets the local transform of a node.</summary>
    public GltfTransform Local(int node) => _locals[node] ??= GltfTransform.Read(_nodes[node]);

    /// <summary>Gets the place of a node.</summary>
    public Placement Place(int node)
    {
        var chain = new Stack<int>();
        Placement place = Placement.Identity;
        for (int above = node; above >= 0; above = _parents[above])
        {
            if (_places.TryGetValue(above, out Placement known))
            {
                place = known;
                break;
            }

            chain.Push(above);
            if (chain.Count > _nodes.Length)
            {
                throw _nodes[node].Corrupt("it stands below itself");
            }
        }

        while (chain.TryPop(out int next))
        {
            place *= Local(next).Placement;
            _places.Add(next, place);
        }

        return place;
    }
}
