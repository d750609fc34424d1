namespace RemoteRendering.Sessions.Emulator;

/// <summary>A mesh, after the check.</summary>
internal sealed class GltfMesh(IReadOnlyList<GltfPrimitive> primitives, IReadOnlyList<GltfVertices> vertices)
{
    private const int TreeBytes = 32;

    public IReadOnlyList<GltfPrimitive> Primitives => primitives;

    /// <summary>Gets the rows of corners that triangles use, each once.</summary>
    public IReadOnlyList<GltfVertices> Vertices => vertices;

    public long VertexCount { get; } = vertices.Sum(row => (long)row.Count);

    public long TriangleCount { get; } = primitives.Sum(primitive => (long)primitive.Triangles);

    public long PrimitiveCount { get; } = primitives.Sum(primitive => (long)primitive.Primitives);

    public bool HasNormals { get; } = vertices.Any(row => row.Key.Normal >= 0);

    public bool HasTextureCoordinates { get; } = vertices.Any(row => row.Key.TextureCoordinates >= 0);

    public bool HasColors { get; } = vertices.Any(row => row.Key.Color >= 0);

    /// <summary>Gets about what it will take in memory.</summary>
    public long ByteSize => (VertexCount * (12 + (HasNormals ? 12 : 0) + (HasTextureCoordinates ? 8 : 0) + (HasColors ? 16 : 0))) + (TriangleCount * (12 + TreeBytes));
}
