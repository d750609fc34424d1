using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

/// <summary>
/// What the scene of a file has, checked before anything is built: every reference goes somewhere, every accessor lies in its bytes, the
/// nodes are a tree, and all of it together costs no more than it may.
/// </summary>
internal sealed class GltfLayout
{
    /// <summary>The bytes of a place of an instance.</summary>
    private const int InstanceBytes = 96;

    private readonly GltfDocument _document;
    private readonly GltfAccessors _accessors;
    private readonly GltfObject[] _nodes;
    private readonly GltfPrimitives _primitives;
    private readonly Dictionary<int, GltfMesh> _meshes = [];
    private readonly Dictionary<(int Mesh, int Node), int> _shapes = [];
    private readonly List<GltfShape> _shapeList = [];

    public GltfLayout(GltfDocument document, GltfAccessors accessors, GltfMaterials materials, SceneLimits limits, GltfWarnings warnings)
    {
        _document = document;
        _accessors = accessors;
        _nodes = document.List("nodes");
        _primitives = new GltfPrimitives(document, accessors, materials.TextureSets, warnings);
        Nodes = ReadNodes(warnings);
        limits.CheckTotals(
            Nodes.Sum(node => node.Shape >= 0 ? _shapeList[node.Shape].Mesh.PrimitiveCount * Math.Max(1, node.Instances) : 0),
            _shapeList.Sum(shape => shape.Mesh.ByteSize) + Nodes.Sum(node => (long)node.Instances * InstanceBytes),
            document.Name);
    }

    public IReadOnlyList<GltfShape> Shapes => _shapeList;

    /// <summary>Gets the nodes of the scene, parents before children.</summary>
    public IReadOnlyList<GltfNode> Nodes { get; }

    /// <summary>Gets the accessors of the instances of a node, -1 for one that is missing; null when the node has none.</summary>
    public static (int Translation, int Rotation, int Scale)? InstancesOf(GltfObject node)
    {
        if (node.Extension("EXT_mesh_gpu_instancing")?.Needed("attributes") is not { } attributes)
        {
            return null;
        }

        return (
            attributes.Index("TRANSLATION", "accessors"), attributes.Index("ROTATION", "accessors"),
            attributes.Index("SCALE", "accessors"));
    }

    private List<GltfNode> ReadNodes(GltfWarnings warnings)
    {
        int[][] children = Array.ConvertAll(_nodes, node => node.Indices("children", "nodes"));
        bool[] seen = new bool[_nodes.Length];
        var order = new List<GltfNode>();

        // The list is the queue as well: what is added is visited later.
        foreach (int root in Roots(children, warnings))
        {
            Add(root, -1, 1);
        }

        for (int i = 0; i < order.Count; i++)
        {
            foreach (int child in children[order[i].Number])
            {
                Add(child, i, order[i].Level + 1);
            }
        }

        return order;

        void Add(int node, int parent, int level)
        {
            if (seen[node])
            {
                throw _nodes[node].Corrupt("it stands below itself or in two places");
            }

            // One level is the root that carries the scene.
            if (order.Count + 1 >= SceneLimits.MaxEntities || level + 1 > SceneLimits.MaxLevels)
            {
                throw new SceneException(
                    SceneErrorCode.LimitReached,
                    $"'{_document.Name}' has more than {SceneLimits.MaxEntities} entities or {SceneLimits.MaxLevels} levels.");
            }

            seen[node] = true;
            int shape = ShapeOf(_nodes[node]);
            order.Add(
                new GltfNode(node, parent, level, shape, shape >= 0 && _shapeList[shape].Skin < 0 ? CountInstances(_nodes[node]) : 0));
        }
    }

    private int[] Roots(int[][] children, GltfWarnings warnings)
    {
        GltfObject[] scenes = _document.List("scenes");
        if (scenes.Length > 0)
        {
            int scene = Math.Max(0, _document.Root.Index("scene", "scenes"));
            if (scenes.Length > 1)
            {
                warnings.Add(
                    GltfWarning.ScenesIgnored, scenes[scene].Place, $"Only this scene of the file is loaded; it has {scenes.Length}.");
            }

            return scenes[scene].Indices("nodes", "nodes");
        }

        var below = new HashSet<int>(children.SelectMany(list => list));
        return [.. Enumerable.Range(0, _nodes.Length).Where(node => !below.Contains(node))];
    }

    private int ShapeOf(GltfObject node)
    {
        int mesh = node.Index("mesh", "meshes");
        if (mesh < 0)
        {
            return -1;
        }

        GltfObject source = _document.List("meshes")[mesh];
        if (!_meshes.TryGetValue(mesh, out GltfMesh? read))
        {
            _meshes.Add(mesh, read = _primitives.ReadMesh(source));
        }

        int skin = read.Vertices.Any(row => row.Joints.Count > 0) ? node.Index("skin", "skins") : -1;
        bool isOwn = skin >= 0 || node.Has("weights");
        (int Mesh, int Node) key = (mesh, isOwn ? node.Number : -1);
        if (!_shapes.TryGetValue(key, out int shape))
        {
            shape = _shapeList.Count;
            _shapes.Add(key, shape);
            _shapeList.Add(new GltfShape(read, key.Node, skin, (node.Has("weights") ? node : source).Reals("weights") ?? []));
        }

        return shape;
    }

    private int CountInstances(GltfObject node)
    {
        if (InstancesOf(node) is not { } accessors)
        {
            return 0;
        }

        int count = -1;
        Check(accessors.Translation, 3);
        Check(accessors.Rotation, 4);
        Check(accessors.Scale, 3);
        return count <= SceneLimits.MaxEntities
            ? Math.Max(count, 0)
            : throw new SceneException(
                SceneErrorCode.LimitReached, $"'{_document.Name}': {node.Place} has more than {SceneLimits.MaxEntities} instances.");

        void Check(int accessor, int components)
        {
            if (accessor < 0)
            {
                return;
            }

            GltfAccessor form = _accessors.Check(accessor);
            count = count < 0 ? form.Count : count;
            if (form.Count != count || form.Components != components)
            {
                throw node.Corrupt(
                    $"accessor {accessor} of its instances has {form.Count} elements of {form.Components} numbers; it must have {count} of "
                        + $"{components}");
            }
        }
    }
}
