using System.Numerics;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

/// <summary>Makes one mesh of the primitives of a glTF mesh.</summary>
internal sealed class GltfMeshBuilder(
    GltfAccessors accessors, GltfMaterials sources, SceneMaterial[] materials, Action<long> onVertices, CancellationToken cancellationToken)
{
    private readonly GltfPoser _poser = new(accessors, cancellationToken);

    /// <summary>Makes a mesh.</summary>
    /// <param name="mesh">Where it comes from.</param>
    /// <param name="pose">The pose that it rests in.</param>
    public TriangleMesh Build(GltfMesh mesh, GltfPose pose)
    {
        var positions = new Vector3[mesh.VertexCount];
        Vector3[]? normals = mesh.HasNormals ? new Vector3[positions.Length] : null;
        Vector2[]? coordinates = mesh.HasTextureCoordinates ? new Vector2[positions.Length] : null;
        Vector4[]? colors = mesh.HasColors ? new Vector4[positions.Length] : null;
        foreach (GltfVertices row in mesh.Vertices)
        {
            Read(row, pose, positions, normals, coordinates, colors);
            onVertices(row.Count);
        }

        int[] indices = new int[mesh.TriangleCount * 3];
        var parts = new MeshPart[mesh.Primitives.Count];
        int next = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            GltfPrimitive primitive = mesh.Primitives[i];
            parts[i] = new MeshPart(
                next / 3, primitive.Triangles, primitive.Material >= 0 ? materials[primitive.Material] : SceneMaterial.Default);
            if (primitive.Triangles > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
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

    private void Read(GltfVertices row, GltfPose pose, Vector3[] positions, Vector3[]? normals, Vector2[]? coordinates, Vector4[]? colors)
    {
        Span<Vector3> rowPositions = positions.AsSpan(row.First, row.Count);
        ReadFloats(row.Key.Position, rowPositions, 3);
        Span<Vector3> rowNormals = normals is not null && row.Key.Normal >= 0 ? normals.AsSpan(row.First, row.Count) : default;
        if (!rowNormals.IsEmpty)
        {
            ReadFloats(row.Key.Normal, rowNormals, 3);
        }

        if (pose.Moves)
        {
            _poser.Move(row, pose, rowPositions, rowNormals);
        }

        CheckFinite(row, rowPositions);
        foreach (ref Vector3 normal in rowNormals)
        {
            float length = normal.Length();
            normal = float.IsFinite(length) && length > 1e-12f ? normal / length : Vector3.UnitY;
        }

        if (coordinates is not null && row.Key.TextureCoordinates >= 0)
        {
            ReadCoordinates(row, coordinates.AsSpan(row.First, row.Count));
        }

        if (colors is not null)
        {
            ReadColors(row, colors.AsSpan(row.First, row.Count));
        }
    }

    private void ReadCoordinates(GltfVertices row, Span<Vector2> coordinates)
    {
        ReadFloats(row.Key.TextureCoordinates, coordinates, 2);
        Matrix3x2? turn = row.Key.Material >= 0 ? sources.TextureTransformOf(row.Key.Material) : null;
        foreach (ref Vector2 value in coordinates)
        {
            Vector2 moved = turn is { } matrix ? Vector2.Transform(value, matrix) : value;
            value = float.IsFinite(moved.X) && float.IsFinite(moved.Y) ? moved : default;
        }
    }

    private void ReadColors(GltfVertices row, Span<Vector4> colors)
    {
        if (row.Key.Color < 0)
        {
            colors.Fill(Vector4.One);
            return;
        }

        ReadFloats(row.Key.Color, colors, 4);
        foreach (ref Vector4 value in colors)
        {
            value = float.IsFinite(value.X + value.Y + value.Z + value.W) ? Vector4.Clamp(value, Vector4.Zero, Vector4.One) : Vector4.One;
        }
    }

    private void ReadFloats<T>(int accessor, Span<T> to, int components)
        where T : struct => GltfNumbers.Read(accessors.Open(accessor), 0, MemoryMarshal.Cast<T, float>(to), components, cancellationToken);

    private static void CheckFinite(GltfVertices row, ReadOnlySpan<Vector3> positions)
    {
        foreach (Vector3 position in positions)
        {
            if (!float.IsFinite(position.X) || !float.IsFinite(position.Y) || !float.IsFinite(position.Z))
            {
                throw row.Owner.Corrupt($"a position of accessor {row.Key.Position} is not finite");
            }
        }
    }

    private void ReadTriangles(GltfPrimitive primitive, Span<int> to)
    {
        GltfVertices row = primitive.Vertices!;
        bool isList = primitive.Mode == 4;
        uint largest = (uint)Math.Max(0, primitive.Corners - 1);
        Span<int> corners = isList ? to : new int[primitive.Corners];
        if (primitive.Indices >= 0)
        {
            largest = GltfNumbers.ReadIndices(accessors.Open(primitive.Indices), corners);
        }
        else
        {
            for (int i = 0; i < corners.Length; i++)
            {
                corners[i] = i;
            }
        }

        if (largest >= (uint)row.Count && primitive.Indices >= 0)
        {
            throw primitive.Source.Corrupt($"accessor {primitive.Indices} names corner {largest}, but there are {row.Count}");
        }

        for (int triangle = 0; triangle < primitive.Triangles && !isList; triangle++)
        {
            // Every second triangle of a strip goes the other way round.
            (int a, int b, int c) = primitive.Mode == 5
                ? (triangle, triangle + 1 + (triangle & 1), triangle + 2 - (triangle & 1))
                : (0, triangle + 1, triangle + 2);
            (to[3 * triangle], to[(3 * triangle) + 1], to[(3 * triangle) + 2]) = (corners[a], corners[b], corners[c]);
        }

        if (row.First > 0)
        {
            foreach (ref int corner in to)
            {
                corner += row.First;
            }
        }
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
}
