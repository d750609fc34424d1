using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

/// <summary>
/// Meshes from formulas, with normals and texture coordinates, fronts outside. The ends of a closed surface are one point twice, for the
/// texture's sake.
/// </summary>
internal static class FormulaMeshes
{
    /// <summary>A box around the origin; 12 triangles.</summary>
    public static TriangleMesh Box(Vector3 size, SceneMaterial? material = null)
    {
        List<Vector3> positions = [];
        List<Vector3> normals = [];
        List<Vector2> coordinates = [];
        List<int> indices = [];
        ReadOnlySpan<Vector3> directions = [Vector3.UnitX, -Vector3.UnitX, Vector3.UnitY, -Vector3.UnitY, Vector3.UnitZ, -Vector3.UnitZ];
        foreach (Vector3 normal in directions)
        {
            Vector3 up = normal.Y == 0 ? Vector3.UnitY : new Vector3(0, 0, -normal.Y);
            Vector3 right = Vector3.Cross(up, normal);
            AddQuad(indices, positions.Count);
            positions.AddRange(
                [
                    (normal - right + up) * size / 2, (normal - right - up) * size / 2, (normal + right - up) * size / 2,
                    (normal + right + up) * size / 2
                ]);
            normals.AddRange([normal, normal, normal, normal]);
            coordinates.AddRange([new Vector2(0, 0), new Vector2(0, 1), new Vector2(1, 1), new Vector2(1, 0)]);
        }

        return Make([.. positions], [.. indices], [.. normals], [.. coordinates], material);
    }

    /// <summary>A square or a grid of squares in the plane z = 0, from -1 to 1 in x and y; 2 * columns * rows triangles.</summary>
    public static TriangleMesh Grid(int columns, int rows, SceneMaterial? material = null)
        => Patch(columns, rows, static (u, v) => (new Vector3D((2 * u) - 1, 1 - (2 * v), 0), new Vector3D(0, 0, 1)), material);

    /// <summary>A sphere around the origin; 2 * columns * (rows - 1) triangles, those at the poles without their other half.</summary>
    public static TriangleMesh Sphere(double radius, int columns, int rows, SceneMaterial? material = null)
        => Patch(columns, rows, (u, v) =>
        {
            (double sinU, double cosU) = Math.SinCos(u * Math.Tau);
            (double sinV, double cosV) = Math.SinCos(v * Math.PI);

            // The pole is one point, and so is the seam, to the last bit.
            sinV = v is 0 or 1 ? 0 : sinV;
            (sinU, cosU) = u is 1 ? (0, 1) : (sinU, cosU);
            var normal = new Vector3D(sinV * cosU, cosV, -sinV * sinU);
            return (normal * radius, normal);
        }, material);

    /// <summary>A torus around the Y axis.</summary>
    /// <param name="radius">Of the ring, to the middle of the tube.</param>
    /// <param name="tube">Of the tube.</param>
    /// <param name="columns">Steps around the ring.</param>
    /// <param name="rows">Steps around the tube.</param>
    /// <param name="material">How it looks.</param>
    public static TriangleMesh Torus(double radius, double tube, int columns, int rows, SceneMaterial? material = null)
        => Patch(columns, rows, (u, v) =>
        {
            (double sinU, double cosU) = Math.SinCos(u is 1 ? 0 : u * Math.Tau);
            (double sinV, double cosV) = Math.SinCos(v is 1 ? 0 : -v * Math.Tau);
            var normal = new Vector3D(cosV * cosU, sinV, -cosV * sinU);
            return (new Vector3D(radius * cosU, 0, -radius * sinU) + (normal * tube), normal);
        }, material);

    /// <summary>
    /// A tube along a knot that winds <paramref name="p"/> times around the Z axis and <paramref name="q"/> times through its own ring; 2 *
    /// columns * rows triangles.
    /// </summary>
    public static TriangleMesh TorusKnot(int p, int q, double tube, int columns, int rows, SceneMaterial? material = null)
        => Patch(columns, rows, (u, v) =>
        {
            u = u is 1 ? 0 : u;
            const double Step = 1e-4;
            Vector3D here = Knot(u);
            Vector3D along = (Knot(u + Step) - Knot(u - Step)).Normalized();

            // Which way is out of the torus that the knot lies on turns with it, and never lies along it.
            Vector3D side = Vector3D.Cross(along, Knot(u + Step) + Knot(u - Step)).Normalized();
            Vector3D outward = Vector3D.Cross(side, along);
            (double sin, double cos) = Math.SinCos(v is 1 ? 0 : v * Math.Tau);
            Vector3D normal = (outward * cos) + (side * sin);
            return (here + (normal * tube), normal);

            Vector3D Knot(double at)
            {
                (double sinP, double cosP) = Math.SinCos(p * at * Math.Tau);
                (double sinQ, double cosQ) = Math.SinCos(q * at * Math.Tau);
                double reach = 0.7 + (0.3 * cosQ);
                return new Vector3D(reach * cosP, reach * sinP, 0.3 * sinQ);
            }
        }, material);

    /// <summary>
    /// A surface over the unit square, from a formula for its points and normals. Where a row shrinks to a point its triangles without an
    /// area are left out.
    /// </summary>
    /// <param name="columns">Steps of the first number.</param>
    /// <param name="rows">Steps of the second; where it grows is down on the texture, seen from the front.</param>
    /// <param name="formula">Position and normal.</param>
    /// <param name="material">How it looks.</param>
    public static TriangleMesh Patch(
        int columns, int rows, Func<double, double, (Vector3D Position, Vector3D Normal)> formula, SceneMaterial? material = null)
    {
        int stride = columns + 1;
        var positions = new Vector3[stride * (rows + 1)];
        var normals = new Vector3[positions.Length];
        var coordinates = new Vector2[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            double u = (double)(i % stride) / columns;
            double v = (double)(i / stride) / rows;
            (Vector3D position, Vector3D normal) = formula(u, v);
            positions[i] = (Vector3)position;
            normals[i] = (Vector3)normal;
            coordinates[i] = new Vector2((float)u, (float)v);
        }

        List<int> indices = new(6 * columns * rows);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int upper = (row * stride) + column;
                int lower = upper + stride;
                AddTriangle(indices, positions, upper, lower, lower + 1);
                AddTriangle(indices, positions, upper, lower + 1, upper + 1);
            }
        }

        return Make(positions, [.. indices], normals, coordinates, material);
    }

    private static void AddTriangle(List<int> indices, Vector3[] positions, int a, int b, int c)
    {
        if (positions[a] != positions[b] && positions[b] != positions[c] && positions[c] != positions[a])
        {
            indices.Add(a);
            indices.Add(b);
            indices.Add(c);
        }
    }

    private static void AddQuad(List<int> indices, int first)
        => indices.AddRange([first, first + 1, first + 2, first, first + 2, first + 3]);

    private static TriangleMesh Make(Vector3[] positions, int[] indices, Vector3[] normals, Vector2[] coordinates, SceneMaterial? material)
        => new(positions, indices, [new MeshPart(0, indices.Length / 3, material ?? SceneMaterial.Default)], normals, coordinates);
}
