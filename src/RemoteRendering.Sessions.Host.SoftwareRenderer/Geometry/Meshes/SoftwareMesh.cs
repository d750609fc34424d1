using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

/// <summary>A mesh of a model, with its triangles.</summary>
/// <param name="triangles">The triangles.</param>
/// <param name="partPrimitives">How many primitives each part has, lines and points included.</param>
/// <param name="byteSize">What it takes in memory, textures that came with it included.</param>
internal sealed class SoftwareMesh(TriangleMesh triangles, int[] partPrimitives, long byteSize)
    : SceneMesh(
        [.. triangles.Parts.Zip(partPrimitives, (part, primitives) => new SceneMeshPart(part.Material.Name, primitives))], triangles.Bounds,
        triangles.TriangleCount, byteSize)
{
    public TriangleMesh Triangles => triangles;

    /// <summary>Gets the triangles of a mesh.</summary>
    /// <exception cref="ArgumentException">The mesh is of another geometry.</exception>
    public static TriangleMesh TrianglesOf(SceneMesh mesh) => mesh is SoftwareMesh software ? software.Triangles : throw Foreign(mesh);

    private static ArgumentException Foreign(SceneMesh mesh)
        => new($"The mesh is a {mesh.GetType()}; this implementation takes only meshes that SoftwareSceneRenderer loaded.", nameof(mesh));
}
