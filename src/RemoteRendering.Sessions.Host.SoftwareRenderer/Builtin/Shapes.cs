using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;

/// <summary>Meshes from formulas, so that what a host should find in them can be computed by hand.</summary>
internal static class Shapes
{
    private delegate (Vector3 Position, Vector3 Normal) Surface(double u, double v);

    /// <summary>A torus around the Y axis.</summary>
    public static TriangleMesh Torus(double radius, double tube, int segments, int sides, SceneMaterial material)
        => Closed(segments, sides, material, (u, v) =>
    {
        (double sinU, double cosU) = Math.SinCos(2 * Math.PI * u);
        (double sinV, double cosV) = Math.SinCos(2 * Math.PI * v);
        var normal = new Vector3D(cosU * cosV, sinV, -sinU * cosV);
        return ((Vector3)(new Vector3D(cosU * radius, 0, -sinU * radius) + (normal * tube)), (Vector3)normal);
    });

    /// <summary>
    /// A knot on a torus of the radii 1 and 0.4 around the Z axis: three times round it while it goes twice through its hole.
    /// </summary>
    public static TriangleMesh TorusKnot(int segments, int sides, SceneMaterial material) => Closed(segments, sides, material, (u, v) =>
    {
        const double Tube = 0.15;
        Vector3D point = KnotPoint(u);
        Vector3D tangent = (KnotPoint(u + 1e-5) - KnotPoint(u - 1e-5)).Normalized();
        Vector3D across = Vector3D.Cross(tangent, point).Normalized();
        Vector3D up = Vector3D.Cross(across, tangent);
        (double sin, double cos) = Math.SinCos(2 * Math.PI * v);
        Vector3D normal = (across * cos) + (up * sin);
        return ((Vector3)(point + (normal * Tube)), (Vector3)normal);
    });

    /// <summary>A ball, its poles on the Y axis.</summary>
    public static TriangleMesh Sphere(double radius, int segments, int rings, SceneMaterial material)
        => Build(segments, rings, material, closesU: true, closesV: false, (u, v) =>
    {
        (double sinU, double cosU) = Math.SinCos(2 * Math.PI * u);
        (double sinV, double cosV) = Math.SinCos(Math.PI * v);
        var normal = new Vector3D(cosU * sinV, -cosV, -sinU * sinV);
        return ((Vector3)(normal * radius), (Vector3)normal);
    });

    /// <summary>A square in the plane Y = 0 around the origin, its front up.</summary>
    public static TriangleMesh Grid(double size, int cells, SceneMaterial material)
        => Build(cells, cells, material, closesU: false, closesV: false, (u, v) =>
        (new Vector3((float)((u - 0.5) * size), 0, (float)((0.5 - v) * size)), Vector3.UnitY));

    /// <summary>A cylinder around the Y axis, from -height / 2 to height / 2, closed with flat ends.</summary>
    public static TriangleMesh Cylinder(double radius, double height, int segments, SceneMaterial material)
    {
        // Along v: the middle of the bottom, its edge, the edge of the wall, up, the edge of the top, its middle.
        double[] radii = [0, radius, radius, radius, radius, 0];
        double[] heights = [-height / 2, -height / 2, -height / 2, height / 2, height / 2, height / 2];
        return Build(segments, radii.Length - 1, material, closesU: true, closesV: false, (u, v) =>
        {
            int ring = (int)Math.Round(v * (radii.Length - 1));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * u);
            Vector3 normal = ring < 2 ? -Vector3.UnitY : ring > 3 ? Vector3.UnitY : new Vector3((float)cos, 0, (float)-sin);
            return (new Vector3((float)(cos * radii[ring]), (float)heights[ring], (float)(-sin * radii[ring])), normal);
        });
    }

    /// <summary>A box around the origin.</summary>
    public static TriangleMesh Box(Vector3 size, SceneMaterial material)
    {
        var positions = new List<Vector3>();
        var normals = new List<Vector3>();
        var indices = new List<int>();
        foreach (
            Vector3 normal in (ReadOnlySpan<Vector3>)[
                Vector3.UnitX, -Vector3.UnitX, Vector3.UnitY, -Vector3.UnitY, Vector3.UnitZ, -Vector3.UnitZ
            ])
        {
            Vector3 side = new(normal.Y, normal.Z, normal.X);
            Vector3 other = Vector3.Cross(normal, side);
            int first = positions.Count;
            foreach (
                Vector3 corner in (ReadOnlySpan<Vector3>)[
                    normal - side - other, normal + side - other, normal + side + other, normal - side + other
                ])
            {
                positions.Add(corner * size / 2);
                normals.Add(normal);
            }

            indices.AddRange([first, first + 1, first + 2, first, first + 2, first + 3]);
        }

        return new TriangleMesh([.. positions], [.. indices], [new MeshPart(0, 12, material)], [.. normals]);
    }

    private static Vector3D KnotPoint(double u)
    {
        double round = 2 * 2 * Math.PI * u;
        double through = 3 * 2 * Math.PI * u;
        double radius = 1 + (0.4 * Math.Cos(through));
        return new Vector3D(radius * Math.Cos(round), radius * Math.Sin(round), 0.4 * Math.Sin(through));
    }

    private static TriangleMesh Closed(int segments, int sides, SceneMaterial material, Surface surface) =>
        Build(segments, sides, material, closesU: true, closesV: true, surface);

    private static TriangleMesh Build(int columns, int rows, SceneMaterial material, bool closesU, bool closesV, Surface surface)
    {
        int stride = columns + 1;
        var positions = new Vector3[stride * (rows + 1)];
        var normals = new Vector3[positions.Length];
        var coordinates = new Vector2[positions.Length];
        for (int row = 0; row <= rows; row++)
        {
            for (int column = 0; column <= columns; column++)
            {
                // The two ends of a seam are computed from the same numbers, so that nothing falls through between them.
                int i = (row * stride) + column;
                (positions[i], normals[i]) =
                    surface((double)(closesU ? column % columns : column) / columns, (double)(closesV ? row % rows : row) / rows);
                coordinates[i] = new Vector2((float)column / columns, 1 - ((float)row / rows));
            }
        }

        int[] indices = new int[columns * rows * 6];
        int next = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int corner = (row * stride) + column;
                foreach (
                    int index in (ReadOnlySpan<int>)[corner, corner + 1, corner + stride + 1, corner, corner + stride + 1, corner + stride])
                {
                    indices[next++] = index;
                }
            }
        }

        return new TriangleMesh(positions, indices, [new MeshPart(0, indices.Length / 3, material)], normals, coordinates);
    }
}
