using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>A mesh, after the check.</summary>
/// <param name="source">The mesh in the file.</param>
/// <param name="primitives">Its primitives.</param>
/// <param name="vertices">The rows of corners that triangles use, each once.</param>
internal sealed class GltfMesh(GltfObject source, IReadOnlyList<GltfPrimitive> primitives, IReadOnlyList<GltfVertices> vertices)
{
    private const int TreeBytes = 32;

    public GltfObject Source => source;

    public IReadOnlyList<GltfPrimitive> Primitives => primitives;

    public IReadOnlyList<GltfVertices> Vertices => vertices;

    public long VertexCount { get; } = vertices.Sum(row => (long)row.Count);

    public long TriangleCount { get; } = primitives.Sum(primitive => (long)primitive.Triangles);

    public long PrimitiveCount { get; } = primitives.Sum(primitive => (long)primitive.Primitives);

    public bool HasNormals { get; } = vertices.Any(row => row.Key.Normal >= 0);

    public bool HasTextureCoordinates { get; } = vertices.Any(row => row.Key.TextureCoordinates >= 0);

    public bool HasColors { get; } = vertices.Any(row => row.Key.Color >= 0);

    /// <summary>Gets about what it will take in memory.</summary>
    public long ByteSize
        => (VertexCount * (12 + (HasNormals ? 12 : 0) + (HasTextureCoordinates ? 8 : 0) + (HasColors ? 16 : 0)))
            + (TriangleCount * (12 + TreeBytes));
}
