using RemoteRendering.Sessions.Emulator.Renderer.Geometry;

namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>A mesh of a model with what is told about it. Instances share it; the number of users belongs to the graph.</summary>
/// <param name="triangles">The triangles.</param>
/// <param name="partPrimitives">How many primitives each part has, lines and points included.</param>
/// <param name="byteSize">What it takes in memory, textures that came with it included.</param>
internal sealed class ModelMesh(TriangleMesh triangles, int[] partPrimitives, long byteSize)
{
    public TriangleMesh Triangles => triangles;

    public IReadOnlyList<int> PartPrimitives => partPrimitives;

    public long Primitives { get; } = partPrimitives.Sum(count => (long)count);

    public long ByteSize => byteSize;

    /// <summary>Gets or sets how many entities carry it.</summary>
    public int Users { get; set; }
}
