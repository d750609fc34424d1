namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// A mesh of a model. The scene uses only the facts that are here; an <see cref="ISceneGeometry"/> derives a class that carries the
/// triangles, which a renderer made for it reads again. Does not change. Any number of entities, models and scenes may share one.
/// </summary>
public class SceneMesh
{
    /// <summary>Creates a mesh.</summary>
    /// <param name="parts">The parts, in the order of the numbers that <see cref="RayHit.Part"/> gives.</param>
    /// <param name="bounds">The box around it, in its own space; empty for a mesh without triangles.</param>
    /// <param name="triangleCount">The number of triangles that are drawn.</param>
    /// <param name="byteSize">The bytes it takes in memory, with the textures that came with it.</param>
    public SceneMesh(IReadOnlyList<SceneMeshPart> parts, Box3D bounds, long triangleCount, long byteSize)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Parts = parts;
        Primitives = parts.Sum(part => (long)part.Primitives);
        Bounds = bounds;
        TriangleCount = triangleCount;
        ByteSize = byteSize;
    }

    /// <summary>Gets the parts.</summary>
    public IReadOnlyList<SceneMeshPart> Parts { get; }

    /// <summary>Gets the number of triangles, lines and points of all parts.</summary>
    public long Primitives { get; }

    /// <summary>Gets the box around the mesh, in its own space.</summary>
    public Box3D Bounds { get; }

    /// <summary>Gets the number of triangles that are drawn.</summary>
    public long TriangleCount { get; }

    /// <summary>Gets the bytes that the mesh takes in memory, with the textures that came with it.</summary>
    public long ByteSize { get; }
}
