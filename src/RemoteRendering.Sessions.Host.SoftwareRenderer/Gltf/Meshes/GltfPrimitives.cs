using System.Text;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>Checks the primitives of meshes: every accessor that is used fits.</summary>
/// <param name="document">The file.</param>
/// <param name="accessors">Its accessors.</param>
/// <param name="textureSets">Which set of texture coordinates the colour of each material uses.</param>
/// <param name="warnings">Is told what is left out.</param>
internal sealed class GltfPrimitives(GltfDocument document, GltfAccessors accessors, int[] textureSets, GltfWarnings warnings)
{
    public GltfMesh ReadMesh(GltfObject mesh)
    {
        var rows = new Dictionary<GltfVertexKey, GltfVertices>();
        var vertices = new List<GltfVertices>();
        GltfPrimitive[] primitives = Array.ConvertAll(mesh.Items("primitives"), primitive => ReadPrimitive(primitive, rows, vertices));
        if (primitives.Length == 0)
        {
            throw mesh.Corrupt("it has no primitives");
        }

        int undrawn = primitives.Count(primitive => primitive is { Mode: < 4, Corners: > 0 });
        if (undrawn > 0)
        {
            warnings.Add(GltfWarning.NotDrawn, mesh.Place, "Lines and points are counted, but neither drawn nor hit by rays.");
        }

        return new GltfMesh(mesh, primitives, vertices);
    }

    private GltfPrimitive ReadPrimitive(GltfObject primitive, Dictionary<GltfVertexKey, GltfVertices> rows, List<GltfVertices> vertices)
    {
        int mode = primitive.Whole("mode", 4);
        int material = primitive.Index("material", "materials");
        int indices = primitive.Index("indices", "accessors");
        GltfObject attributes = primitive.Needed("attributes");
        int position = attributes.Index("POSITION", "accessors");
        if (mode > 6)
        {
            throw primitive.Corrupt($"there is no mode {mode}");
        }

        if (position < 0)
        {
            warnings.Add(GltfWarning.PrimitiveIgnored, primitive.Place, "It has no positions.");
            return new GltfPrimitive(primitive, mode, -1, material, null, 0);
        }

        CheckCompression(primitive, indices, position);
        if (indices >= 0 && !accessors.Check(indices).IsIndex)
        {
            throw primitive.Corrupt($"accessor {indices} cannot be 'indices'; it must have whole numbers, not below 0, of type SCALAR");
        }

        int count = accessors.Check(position).Count;
        Attribute(attributes, "POSITION", count, 3, 3);
        int corners = indices >= 0 ? accessors.Check(indices).Count : count;
        if (mode < 4)
        {
            return new GltfPrimitive(primitive, mode, indices, material, null, corners);
        }

        List<int> joints = Sets(attributes, "JOINTS_", count);
        List<int> weights = Sets(attributes, "WEIGHTS_", count);
        if (joints.Count != weights.Count)
        {
            throw primitive.Corrupt($"it has {joints.Count} sets of joints, but {weights.Count} of weights");
        }

        GltfMorphTarget[] targets = Array.ConvertAll(
            primitive.Items("targets"), target
                => new GltfMorphTarget(Attribute(target, "POSITION", count, 3, 3), Attribute(target, "NORMAL", count, 3, 3)));
        var key = new GltfVertexKey(
            position,
            Attribute(attributes, "NORMAL", count, 3, 3),
            Attribute(attributes, $"TEXCOORD_{(material >= 0 ? textureSets[material] : 0)}", count, 2, 2),
            Attribute(attributes, "COLOR_0", count, 3, 4),
            material,
            PoseOf(joints, weights, targets));
        if (!rows.TryGetValue(key, out GltfVertices? row))
        {
            long first = vertices.Count == 0 ? 0 : (long)vertices[^1].First + vertices[^1].Count;
            int start = first + count <= Array.MaxLength
                ? (int)first
                : throw SceneLimits.Exceeded(document.Name, "corners in a mesh", Array.MaxLength);
            row = new GltfVertices(key, start, count, primitive, joints, weights, targets);
            rows.Add(key, row);
            vertices.Add(row);
        }

        return new GltfPrimitive(primitive, mode, indices, material, row, corners);
    }

    /// <summary>Compressed data may have a plain twin. Without it the accessors have no bytes and would be zeros.</summary>
    private void CheckCompression(GltfObject primitive, int indices, int position)
    {
        if (GltfVersion.CompressionOf(primitive) is { } extension
            && (IsWithoutBytes(position) || (indices >= 0 && IsWithoutBytes(indices))))
        {
            throw GltfVersion.Missing(document, extension, primitive.Place);
        }
    }

    private bool IsWithoutBytes(int accessor)
        => document.List("accessors")[accessor] is var item && !item.Has("bufferView") && !item.Has("sparse");

    private List<int> Sets(GltfObject attributes, string prefix, int count)
    {
        var sets = new List<int>();
        while (Attribute(attributes, $"{prefix}{sets.Count}", count, 4, 4) is >= 0 and var accessor)
        {
            sets.Add(accessor);
        }

        return sets;
    }

    private int Attribute(GltfObject attributes, string name, int count, int minComponents, int maxComponents)
    {
        int accessor = attributes.Index(name, "accessors");
        if (accessor < 0)
        {
            return accessor;
        }

        GltfAccessor form = accessors.Check(accessor);
        if (form.Count != count || (form.Components != minComponents && form.Components != maxComponents))
        {
            throw attributes.Corrupt(
                $"'{name}' is accessor {accessor} with {form.Count} elements of {form.Components} numbers; it must have {count} of "
                    + $"{maxComponents}");
        }

        return accessor;
    }

    private static string PoseOf(List<int> joints, List<int> weights, GltfMorphTarget[] targets)
    {
        if (joints.Count == 0 && targets.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        text.AppendJoin(',', joints).Append(';').AppendJoin(',', weights).Append(';').AppendJoin(',', targets);
        return text.ToString();
    }
}
