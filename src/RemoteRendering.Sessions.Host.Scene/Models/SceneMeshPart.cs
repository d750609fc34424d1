namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A part of a mesh: the primitives that have one material.</summary>
/// <param name="material">The name of the material; empty without one.</param>
/// <param name="primitives">The number of triangles, lines and points.</param>
public sealed class SceneMeshPart(string material, int primitives)
{
    /// <summary>Gets the name of the material; empty without one.</summary>
    public string Material { get; } = material;

    /// <summary>Gets the number of triangles, lines and points.</summary>
    public int Primitives { get; } = primitives;
}
