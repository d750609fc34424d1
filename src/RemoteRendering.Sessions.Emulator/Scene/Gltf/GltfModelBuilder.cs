using System.Numerics;
using System.Text;
using SharpGLTF.Schema2;
using SharpGLTF.Validation;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Makes a model of a file that has passed the check.</summary>
internal static class GltfModelBuilder
{
    private const int MaxNameBytes = 256;

    /// <summary>Lets the reader read the text and the buffers.</summary>
    public static ModelRoot Read(byte[] json, GltfBuffer[] buffers)
    {
        var files = new Dictionary<string, ArraySegment<byte>>(StringComparer.Ordinal);
        for (int i = 0; i < buffers.Length; i++)
        {
            files.Add(GltfRewriter.NameOfBuffer(i), buffers[i].Bytes);
        }

        // The check has been ours, and stricter where it matters; the reader's own looks at parts that are left out.
        ReadContext context = ReadContext.CreateFromDictionary(files, checkExtensions: false);
        context.Validation = ValidationMode.Skip;
        using var stream = new MemoryStream(json, writable: false);
        return context.ReadTextSchema2(stream);
    }

    public static Model Build(ModelRoot root, GltfLayout layout, GltfTextures textures, string rootName, Action<double> onProgress, CancellationToken cancellationToken)
    {
        SceneMaterial[] materials = [.. root.LogicalMaterials.Select(material => Convert(material, layout, textures))];
        int[] used = [.. layout.Nodes.Select(node => node.Mesh).Where(mesh => mesh >= 0).Distinct()];
        double total = Math.Max(1, used.Sum(mesh => layout.Meshes[mesh].VertexCount));
        long done = 0;
        var builder = new GltfMeshBuilder(root, materials, count => onProgress((done += count) / total), cancellationToken);
        var meshes = new Dictionary<int, ModelMesh>();
        long textureBytes = textures.ByteSize;
        foreach (int mesh in used)
        {
            TriangleMesh triangles = builder.Build(layout.Meshes[mesh]);

            // Textures are shared; the first mesh answers for all of them.
            meshes.Add(mesh, new ModelMesh(triangles, [.. layout.Meshes[mesh].Primitives.Select(primitive => primitive.Primitives)], triangles.ByteSize + textureBytes));
            textureBytes = 0;
        }

        var nodes = new List<ModelNode>(layout.Nodes.Count + 1) { new() { Name = Shorten(rootName) } };
        nodes.AddRange(layout.Nodes.Select(node => Convert(root.LogicalNodes[node.Node], node.Parent + 1, node.Mesh >= 0 ? meshes[node.Mesh] : null)));
        return new Model(nodes);
    }

    private static ModelNode Convert(Node node, int parent, ModelMesh? mesh)
    {
        SharpGLTF.Transforms.AffineTransform local = node.LocalTransform;
        (Vector3 translation, Quaternion rotation, Vector3 scale) = local.IsSRT
            ? (local.Translation, local.Rotation, local.Scale)
            : Decompose(node.LocalMatrix);
        float square = rotation.LengthSquared();
        rotation = float.IsFinite(square) && square > 1e-12f ? Quaternion.Normalize(rotation) : Quaternion.Identity;
        if (!float.IsFinite(translation.X + translation.Y + translation.Z) || !float.IsFinite(scale.X + scale.Y + scale.Z))
        {
            throw new InvalidDataException("A node has a transform that is not finite.");
        }

        return new ModelNode
        {
            Name = Shorten(node.Name ?? ""),
            Parent = parent,
            Position = translation,
            Rotation = rotation,
            Scale = scale,
            Mesh = mesh,
            Metadata = node.Extras is { } extras ? Encoding.UTF8.GetBytes(extras.ToJsonString()) : default(ReadOnlyMemory<byte>),
        };
    }

    /// <summary>Takes a matrix apart. What three parts cannot say, a shear, is lost.</summary>
    private static (Vector3 Translation, Quaternion Rotation, Vector3 Scale) Decompose(Matrix4x4 matrix)
    {
        if (Matrix4x4.Decompose(matrix, out Vector3 scale, out Quaternion rotation, out Vector3 translation))
        {
            return (translation, rotation, scale);
        }

        var lengths = new Vector3(
            new Vector3(matrix.M11, matrix.M12, matrix.M13).Length(), new Vector3(matrix.M21, matrix.M22, matrix.M23).Length(), new Vector3(matrix.M31, matrix.M32, matrix.M33).Length());
        return (matrix.Translation, Quaternion.Identity, lengths);
    }

    private static SceneMaterial Convert(Material material, GltfLayout layout, GltfTextures textures)
    {
        MaterialChannel? color = material.FindChannel("BaseColor") ?? material.FindChannel("Diffuse");
        int texture = color?.Texture?.LogicalIndex ?? -1;
        int image = texture >= 0 ? layout.TextureImages[texture] : -1;
        Vector4 factor = color?.Color ?? Vector4.One;
        return new SceneMaterial
        {
            Name = Shorten(material.Name ?? ""),
            BaseColor = float.IsFinite(factor.X + factor.Y + factor.Z + factor.W) ? Vector4.Clamp(factor, Vector4.Zero, Vector4.One) : Vector4.One,
            BaseColorTexture = image >= 0 ? textures[image] : null,
            WrapX = Convert(color?.TextureSampler?.WrapS),
            WrapY = Convert(color?.TextureSampler?.WrapT),
            IsDoubleSided = material.DoubleSided,
            AlphaMode = material.Alpha switch { AlphaMode.MASK => SceneAlphaMode.Mask, AlphaMode.BLEND => SceneAlphaMode.Blend, _ => SceneAlphaMode.Opaque },
            AlphaCutoff = float.IsFinite(material.AlphaCutoff) ? material.AlphaCutoff : 0.5f,
            IsUnlit = material.Unlit,
        };
    }

    private static TextureWrap Convert(TextureWrapMode? mode)
        => mode switch { TextureWrapMode.CLAMP_TO_EDGE => TextureWrap.Clamp, TextureWrapMode.MIRRORED_REPEAT => TextureWrap.Mirror, _ => TextureWrap.Repeat };

    /// <summary>Cuts a name to what a name may have, between two letters.</summary>
    private static string Shorten(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            int keep = Math.Min(name.Length - 1, MaxNameBytes);
            name = name[..(char.IsHighSurrogate(name[keep - 1]) ? keep - 1 : keep)];
        }

        return name;
    }
}
