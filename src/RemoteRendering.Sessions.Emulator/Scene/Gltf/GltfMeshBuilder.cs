using System.Numerics;
using SharpGLTF.Schema2;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Makes one mesh of the primitives of a glTF mesh.</summary>
internal sealed class GltfMeshBuilder(ModelRoot root, SceneMaterial[] materials, Action<long> onVertices, CancellationToken cancellationToken)
{
    private const int Stride = 65_536;

    public TriangleMesh Build(GltfMesh mesh)
    {
        var positions = new Vector3[mesh.VertexCount];
        Vector3[]? normals = mesh.HasNormals ? new Vector3[positions.Length] : null;
        Vector2[]? coordinates = mesh.HasTextureCoordinates ? new Vector2[positions.Length] : null;
        Vector4[]? colors = mesh.HasColors ? new Vector4[positions.Length] : null;
        foreach (GltfVertices row in mesh.Vertices)
        {
            Read(row, positions, normals, coordinates, colors);
        }

        int[] indices = new int[mesh.TriangleCount * 3];
        var parts = new MeshPart[mesh.Primitives.Count];
        int next = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            GltfPrimitive primitive = mesh.Primitives[i];
            parts[i] = new MeshPart(next / 3, primitive.Triangles, primitive.Material >= 0 ? materials[primitive.Material] : SceneMaterial.Default);
            if (primitive.Triangles > 0)
            {
                ReadTriangles(primitive, indices.AsSpan(next, primitive.Triangles * 3));
                next += primitive.Triangles * 3;
            }
        }

        if (normals is not null)
        {
            FillNormals(mesh, positions, indices, parts, normals);
        }

        return new TriangleMesh(positions, indices, parts, normals, coordinates, colors);
    }

    private void Read(GltfVertices row, Vector3[] positions, Vector3[]? normals, Vector2[]? coordinates, Vector4[]? colors)
    {
        IReadOnlyList<Vector3> from = root.LogicalAccessors[row.Key.Position].AsVector3Array();
        Copy(from, positions, row, static value => value);
        if (normals is not null && row.Key.Normal >= 0)
        {
            Copy(root.LogicalAccessors[row.Key.Normal].AsVector3Array(), normals, row, static value =>
            {
                float length = value.Length();
                return float.IsFinite(length) && length > 1e-12f ? value / length : Vector3.UnitY;
            });
        }

        if (coordinates is not null && row.Key.TextureCoordinates >= 0)
        {
            Matrix3x2? turn = row.Key.Material >= 0 ? TransformOf(root.LogicalMaterials[row.Key.Material]) : null;
            Copy(root.LogicalAccessors[row.Key.TextureCoordinates].AsVector2Array(), coordinates, row, value =>
            {
                Vector2 moved = turn is { } matrix ? Vector2.Transform(value, matrix) : value;
                return float.IsFinite(moved.X) && float.IsFinite(moved.Y) ? moved : default;
            });
        }

        if (colors is not null)
        {
            if (row.Key.Color >= 0)
            {
                Copy(root.LogicalAccessors[row.Key.Color].AsColorArray(1), colors, row, static value =>
                    float.IsFinite(value.X + value.Y + value.Z + value.W) ? Vector4.Clamp(value, Vector4.Zero, Vector4.One) : Vector4.One);
            }
            else
            {
                colors.AsSpan(row.First, row.Count).Fill(Vector4.One);
            }
        }

        onVertices(row.Count);
    }

    private void Copy<T>(IReadOnlyList<T> from, T[] to, GltfVertices row, Func<T, T> mend)
    {
        for (int i = 0; i < row.Count; i++)
        {
            if (i % Stride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            to[row.First + i] = mend(from[i]);
        }
    }

    private void ReadTriangles(GltfPrimitive primitive, Span<int> to)
    {
        IReadOnlyList<uint>? from = primitive.Indices >= 0 ? root.LogicalAccessors[primitive.Indices].AsIndicesArray() : null;
        for (int triangle = 0; triangle < primitive.Triangles; triangle++)
        {
            if (triangle % Stride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            // Every second triangle of a strip goes the other way round.
            (int a, int b, int c) = primitive.Mode switch
            {
                4 => (3 * triangle, (3 * triangle) + 1, (3 * triangle) + 2),
                5 => (triangle, triangle + 1 + (triangle & 1), triangle + 2 - (triangle & 1)),
                _ => (0, triangle + 1, triangle + 2),
            };
            to[3 * triangle] = Corner(from, a, primitive.Vertices!);
            to[(3 * triangle) + 1] = Corner(from, b, primitive.Vertices!);
            to[(3 * triangle) + 2] = Corner(from, c, primitive.Vertices!);
        }
    }

    private static int Corner(IReadOnlyList<uint>? indices, int corner, GltfVertices row)
    {
        uint index = indices is null ? (uint)corner : indices[corner];
        return index < (uint)row.Count ? row.First + (int)index : throw new InvalidDataException($"There is no corner {index}.");
    }

    /// <summary>Rows without normals in a mesh that has some elsewhere get those of their triangles.</summary>
    private static void FillNormals(GltfMesh mesh, Vector3[] positions, int[] indices, MeshPart[] parts, Vector3[] normals)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (mesh.Primitives[i].Vertices is not { Key.Normal: < 0 })
            {
                continue;
            }

            Span<int> corners = indices.AsSpan(3 * parts[i].FirstTriangle, 3 * parts[i].TriangleCount);
            for (int t = 0; t < corners.Length; t += 3)
            {
                Vector3 a = positions[corners[t]];
                Vector3 normal = Vector3.Cross(positions[corners[t + 1]] - a, positions[corners[t + 2]] - a);
                float length = normal.Length();
                normal = float.IsFinite(length) && length > 0 ? normal / length : Vector3.UnitY;
                normals[corners[t]] = normals[corners[t + 1]] = normals[corners[t + 2]] = normal;
            }
        }
    }

    private static Matrix3x2? TransformOf(Material material) => material.FindChannel("BaseColor")?.TextureTransform?.Matrix;
}
