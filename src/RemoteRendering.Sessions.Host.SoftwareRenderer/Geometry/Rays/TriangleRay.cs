using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>
/// A ray that is tested against triangles without a gap between neighbours (Woop, Benthin, Wald: Watertight Ray/Triangle Intersection). In
/// a space sheared so that the ray goes along an axis each edge has one number that says on which side the ray passes, and the two
/// triangles of an edge get it with opposite signs, to the last bit.
/// </summary>
internal readonly struct TriangleRay
{
    private readonly Vector3D _origin;
    private readonly int _x;
    private readonly int _y;
    private readonly int _z;
    private readonly double _shearX;
    private readonly double _shearY;
    private readonly double _shearZ;

    public TriangleRay(Vector3D origin, Vector3D direction)
    {
        _origin = origin;
        double x = Math.Abs(direction.X);
        double y = Math.Abs(direction.Y);
        double z = Math.Abs(direction.Z);
        _z = x > y ? (x > z ? 0 : 2) : (y > z ? 1 : 2);
        _x = (_z + 1) % 3;
        _y = (_z + 2) % 3;
        _shearZ = 1 / direction[_z];
        _shearX = direction[_x] * _shearZ;
        _shearY = direction[_y] * _shearZ;
    }

    /// <summary>Tests a triangle, both faces.</summary>
    /// <param name="a">A corner, in the ray's space.</param>
    /// <param name="b">A corner.</param>
    /// <param name="c">A corner.</param>
    /// <param name="hit">The parameter of the ray and the weights of the corners.</param>
    /// <returns>
    /// Whether the ray, made endless both ways, goes through it. A triangle without an area, or seen from its edge, is not met.
    /// </returns>
    public bool Meets(Vector3 a, Vector3 b, Vector3 c, out TriangleHit hit)
    {
        double az = a[_z] - _origin[_z];
        double bz = b[_z] - _origin[_z];
        double cz = c[_z] - _origin[_z];
        double ax = a[_x] - _origin[_x] - (_shearX * az);
        double ay = a[_y] - _origin[_y] - (_shearY * az);
        double bx = b[_x] - _origin[_x] - (_shearX * bz);
        double by = b[_y] - _origin[_y] - (_shearY * bz);
        double cx = c[_x] - _origin[_x] - (_shearX * cz);
        double cy = c[_y] - _origin[_y] - (_shearY * cz);
        double u = (cx * by) - (cy * bx);
        double v = (ax * cy) - (ay * cx);
        double w = (bx * ay) - (by * ax);
        double sum = u + v + w;
        if (((u < 0 || v < 0 || w < 0) && (u > 0 || v > 0 || w > 0)) || sum is 0)
        {
            hit = default;
            return false;
        }

        double reciprocal = 1 / sum;
        double t = ((u * az) + (v * bz) + (w * cz)) * _shearZ * reciprocal;
        hit = new TriangleHit(t, u * reciprocal, v * reciprocal, w * reciprocal, (sum > 0) == (_shearZ > 0));
        return double.IsFinite(reciprocal);
    }
}
