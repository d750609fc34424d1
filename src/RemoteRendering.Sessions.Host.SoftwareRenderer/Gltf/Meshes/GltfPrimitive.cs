using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>
/// A primitive of a mesh, after the check: which accessors it has, and where its corners go in the mesh that is made of all of them.
/// </summary>
/// <param name="Source">The primitive in the file.</param>
/// <param name="Mode">0 points, 1 to 3 lines, 4 triangles, 5 a strip, 6 a fan.</param>
/// <param name="Indices">The accessor with the numbers of the corners; -1 without.</param>
/// <param name="Material">The material; -1 for the default.</param>
/// <param name="Vertices">Where its corners are.</param>
/// <param name="Corners">How many corners its triangles, lines or points name.</param>
internal sealed record GltfPrimitive(GltfObject Source, int Mode, int Indices, int Material, GltfVertices? Vertices, int Corners)
{
    public int Triangles => Mode switch { 4 => Corners / 3, 5 or 6 => Math.Max(0, Corners - 2), _ => 0 };

    /// <summary>Gets how many triangles, lines or points it has.</summary>
    public int Primitives => Mode switch
    {
        0 => Corners,
        1 => Corners / 2,
        2 => Corners < 2 ? 0 : Corners,
        3 => Math.Max(0, Corners - 1),
        _ => Triangles,
    };
}
