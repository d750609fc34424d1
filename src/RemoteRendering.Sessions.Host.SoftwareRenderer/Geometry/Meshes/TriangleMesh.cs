using System.Numerics;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

/// <summary>Triangles with what a picture of them needs. Nothing of it changes; the arrays belong to it. Thread-safe.</summary>
internal sealed class TriangleMesh
{
    /// <summary>About what the tree takes for a triangle, while it is not built.</summary>
    private const int TreeBytesPerTriangle = 32;

    private readonly object _gate = new();
    private volatile Bvh? _bvh;

    /// <summary>Makes a mesh.</summary>
    /// <param name="positions">Corners, all finite.</param>
    /// <param name="indices">Three for each triangle; counter-clockwise is the front.</param>
    /// <param name="parts">Runs of triangles that follow on each other, from the first triangle to the last.</param>
    /// <param name="normals">Of unit length, one for each position; without them each triangle is flat.</param>
    /// <param name="textureCoordinates">One for each position; (0, 0) is the upper left of the texture.</param>
    /// <param name="colors">Linear, one for each position, multiplied with the material's.</param>
    /// <exception cref="ArgumentException">
    /// An array does not fit the others, an index is out of range, or a position is not finite.
    /// </exception>
    public TriangleMesh(
        Vector3[] positions,
        int[] indices,
        MeshPart[] parts,
        Vector3[]? normals = null,
        Vector2[]? textureCoordinates = null,
        Vector4[]? colors = null)
    {
        Positions = positions;
        Indices = indices;
        Parts = parts;
        Normals = OnePerPosition(normals, nameof(normals));
        TextureCoordinates = OnePerPosition(textureCoordinates, nameof(textureCoordinates));
        Colors = OnePerPosition(colors, nameof(colors));
        TriangleCount = indices.Length / 3;
        if (indices.Length % 3 != 0)
        {
            throw new ArgumentException("A triangle has three corners.", nameof(indices));
        }

        CheckParts();
        Bounds = Measure();
    }

    public Vector3[] Positions { get; }

    public int[] Indices { get; }

    public MeshPart[] Parts { get; }

    public Vector3[]? Normals { get; }

    public Vector2[]? TextureCoordinates { get; }

    public Vector4[]? Colors { get; }

    public int TriangleCount { get; }

    /// <summary>Gets the box around the triangles, exact; empty without any.</summary>
    public Box3 Bounds { get; }

    /// <summary>
    /// Gets the bytes of the arrays and the tree; an estimate while it is not built. Textures are not in it: other meshes may share them.
    /// </summary>
    public long ByteSize
        => (12L * Positions.Length) + (4L * Indices.Length) + (12L * (Normals?.Length ?? 0)) + (8L * (TextureCoordinates?.Length ?? 0))
            + (16L * (Colors?.Length ?? 0))
            + (_bvh?.ByteSize ?? ((long)TreeBytesPerTriangle * TriangleCount));

    /// <summary>Gets the tree over the triangles; the first to ask waits while it is built.</summary>
    public Bvh Bvh => _bvh ?? BuildBvh(CancellationToken.None);

    /// <summary>Builds the tree, unless it is there.</summary>
    /// <param name="cancellationToken">Ends the work; the tree may be asked for again.</param>
    public Bvh BuildBvh(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _bvh ??= Bvh.OverTriangles(Positions, Indices, cancellationToken);
        }
    }

    /// <summary>The number of the part a triangle is in.</summary>
    public int PartOf(int triangle)
    {
        int low = 0;
        int high = Parts.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Parts[middle].FirstTriangle <= triangle ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private T[]? OnePerPosition<T>(T[]? values, string name)
        => values is null || values.Length == Positions.Length
            ? values
            : throw new ArgumentException($"There are {Positions.Length} positions, but {values.Length} {name}.", name);

    private void CheckParts()
    {
        long next = 0;
        foreach (MeshPart part in Parts)
        {
            if (part.FirstTriangle != next || part.TriangleCount < 0)
            {
                throw new ArgumentException($"A part begins at triangle {part.FirstTriangle} instead of {next}.", "parts");
            }

            next += part.TriangleCount;
        }

        if (next != TriangleCount)
        {
            throw new ArgumentException($"The parts have {next} triangles, the mesh has {TriangleCount}.", "parts");
        }
    }

    private Box3 Measure()
    {
        foreach (Vector3 position in Positions)
        {
            if (!float.IsFinite(position.X + position.Y + position.Z)
                && !(float.IsFinite(position.X) && float.IsFinite(position.Y) && float.IsFinite(position.Z)))
            {
                throw new ArgumentException("A position is not finite.", "positions");
            }
        }

        Box3 bounds = Box3.Empty;
        foreach (int index in Indices)
        {
            if ((uint)index >= (uint)Positions.Length)
            {
                throw new ArgumentException($"There is no position {index}.", "indices");
            }

            bounds = bounds.Including(Positions[index]);
        }

        return bounds;
    }
}
