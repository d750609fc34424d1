using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// What a file has, checked before anything is read: every reference goes somewhere, every accessor lies in its bytes, the nodes are a tree, and all of it together costs no more than it may.
/// </summary>
internal sealed class GltfLayout
{
    /// <summary>What is told of a mesh has a place in one message.</summary>
    private const int MaxPrimitivesOfMesh = 1_024;

    private readonly GltfDocument _document;
    private readonly GltfAccessors _accessors;

    public GltfLayout(GltfDocument document, int[] bufferLengths, SceneLimits limits)
    {
        _document = document;
        _accessors = new GltfAccessors(document, bufferLengths, limits);
        MaterialTextureSets = Array.ConvertAll(document.List("materials"), TextureSetOf);
        TextureImages = Array.ConvertAll(document.List("textures"), ImageOf);
        Meshes = Array.ConvertAll(document.List("meshes"), ReadMesh);
        Nodes = ReadNodes();
        limits.CheckTotals(
            Nodes.Sum(node => node.Mesh >= 0 ? Meshes[node.Mesh].PrimitiveCount : 0),
            Nodes.Select(node => node.Mesh).Where(mesh => mesh >= 0).Distinct().Sum(mesh => Meshes[mesh].ByteSize),
            document.Name);
    }

    public GltfMesh[] Meshes { get; }

    /// <summary>Gets the nodes of the scene, parents before children: which node of the file, the place of its parent in this list (-1 at the top), its mesh (-1 without).</summary>
    public IReadOnlyList<(int Node, int Parent, int Mesh)> Nodes { get; }

    /// <summary>Gets the image of each texture; -1 for one that only an extension gives.</summary>
    public int[] TextureImages { get; }

    /// <summary>Gets which set of texture coordinates the base colour of each material uses.</summary>
    public int[] MaterialTextureSets { get; }

    private int ImageOf(JsonElement texture)
    {
        _document.Index(texture, "sampler", "samplers");
        return _document.Index(texture, "source", "images");
    }

    private int TextureSetOf(JsonElement material)
    {
        if (_document.Member(material, "pbrMetallicRoughness") is not { } colors || _document.Member(colors, "baseColorTexture") is not { } texture)
        {
            return 0;
        }

        _document.Index(texture, "index", "textures", isNeeded: true);
        int set = _document.Whole(texture, "texCoord", 0);
        return _document.Member(texture, "extensions") is { } extensions && _document.Member(extensions, "KHR_texture_transform") is { } transform
            ? _document.Whole(transform, "texCoord", set)
            : set;
    }

    private GltfMesh ReadMesh(JsonElement mesh)
    {
        JsonElement[] primitives = _document.Items(mesh, "primitives");
        if (primitives.Length > MaxPrimitivesOfMesh)
        {
            throw SceneLimits.Exceeded(_document.Name, "parts of one mesh", MaxPrimitivesOfMesh);
        }

        var rows = new Dictionary<GltfVertexKey, GltfVertices>();
        var vertices = new List<GltfVertices>();
        GltfPrimitive[] read = Array.ConvertAll(primitives, primitive => ReadPrimitive(primitive, rows, vertices));
        return new GltfMesh(read, vertices);
    }

    private GltfPrimitive ReadPrimitive(JsonElement primitive, Dictionary<GltfVertexKey, GltfVertices> rows, List<GltfVertices> vertices)
    {
        if (primitive.ValueKind != JsonValueKind.Object)
        {
            throw _document.Corrupt("a part of a mesh is no object");
        }

        int mode = _document.Whole(primitive, "mode", 4);
        int material = _document.Index(primitive, "material", "materials");
        int indices = _document.Index(primitive, "indices", "accessors");
        JsonElement attributes = _document.Member(primitive, "attributes") ?? throw _document.Corrupt("a part of a mesh has no attributes");
        int position = _document.Index(attributes, "POSITION", "accessors");
        if (mode > 6 || (indices >= 0 && !_accessors.IsIndex(indices)) || (position >= 0 && !_accessors.IsVector(position, 3)))
        {
            throw _document.Corrupt("a part of a mesh has a mode, indices or positions that are none");
        }

        if (position < 0)
        {
            return new GltfPrimitive(mode, -1, material, null, 0);
        }

        int count = _accessors.CountOf(position);
        int corners = indices >= 0 ? _accessors.CountOf(indices) : count;
        if (mode < 4)
        {
            return new GltfPrimitive(mode, indices, material, null, corners);
        }

        var key = new GltfVertexKey(
            position,
            Attribute(attributes, "NORMAL", count, 3, 3),
            Attribute(attributes, $"TEXCOORD_{(material >= 0 ? MaterialTextureSets[material] : 0)}", count, 2, 2),
            Attribute(attributes, "COLOR_0", count, 3, 4),
            material);
        if (!rows.TryGetValue(key, out GltfVertices? row))
        {
            long first = vertices.Count == 0 ? 0 : (long)vertices[^1].First + vertices[^1].Count;
            row = new GltfVertices(key, first + count <= Array.MaxLength ? (int)first : throw _document.Corrupt("a mesh has too many corners"), count);
            rows.Add(key, row);
            vertices.Add(row);
        }

        return new GltfPrimitive(mode, indices, material, row, corners);
    }

    private int Attribute(JsonElement attributes, string name, int count, int minComponents, int maxComponents)
    {
        int accessor = _document.Index(attributes, name, "accessors");
        if (accessor >= 0 && (_accessors.CountOf(accessor) != count || !(_accessors.IsVector(accessor, minComponents) || _accessors.IsVector(accessor, maxComponents))))
        {
            throw _document.Corrupt($"'{name}' does not fit the positions");
        }

        return accessor;
    }

    private List<(int Node, int Parent, int Mesh)> ReadNodes()
    {
        JsonElement[] nodes = _document.List("nodes");
        int[][] children = Array.ConvertAll(nodes, node => Array.ConvertAll(_document.Items(node, "children"), child => _document.ToIndex(child, "children", "nodes")));
        bool[] seen = new bool[nodes.Length];
        var order = new List<(int Node, int Parent, int Mesh)>();
        var levels = new List<int>();

        // The list is the queue as well: what is added is visited later.
        foreach (int root in Roots(nodes, children))
        {
            Add(root, -1, 1);
        }

        for (int i = 0; i < order.Count; i++)
        {
            foreach (int child in children[order[i].Node])
            {
                Add(child, i, levels[i] + 1);
            }
        }

        return order;

        void Add(int node, int parent, int level)
        {
            if (seen[node])
            {
                throw _document.Corrupt($"node {node} stands below itself or in two places");
            }

            // One level is the root that carries the scene.
            if (order.Count + 1 >= SceneGraph.MaxEntities || level + 1 > SceneGraph.MaxLevels)
            {
                throw new SceneException(SceneErrorCode.LimitReached, $"'{_document.Name}' has more than {SceneGraph.MaxEntities} entities or {SceneGraph.MaxLevels} levels.");
            }

            seen[node] = true;
            order.Add((node, parent, _document.Index(nodes[node], "mesh", "meshes")));
            levels.Add(level);
        }
    }

    private IEnumerable<int> Roots(JsonElement[] nodes, int[][] children)
    {
        JsonElement[] scenes = _document.List("scenes");
        if (scenes.Length > 0)
        {
            int scene = Math.Max(0, _document.Index(_document.Root, "scene", "scenes"));
            return Array.ConvertAll(_document.Items(scenes[scene], "nodes"), node => _document.ToIndex(node, "nodes", "nodes"));
        }

        var below = new HashSet<int>(children.SelectMany(list => list));
        return Enumerable.Range(0, nodes.Length).Where(node => !below.Contains(node));
    }
}
