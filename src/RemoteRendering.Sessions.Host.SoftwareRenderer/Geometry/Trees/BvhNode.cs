using System.Numerics;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>A node of a <see cref="Bvh"/>: 32 bytes, two to a cache line.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct BvhNode(Vector3 min, int first, Vector3 max, int count)
{
    public readonly Vector3 Min = min;

    /// <summary>Of a leaf, where its items begin in the order; else the left child. The right one comes next.</summary>
    public readonly int First = first;

    public readonly Vector3 Max = max;

    /// <summary>How many items a leaf has; 0 when there are children.</summary>
    public readonly int Count = count;

    public bool IsLeaf => Count > 0;

    /// <summary>Where a ray enters the box, if it does so before an end.</summary>
    /// <param name="origin">Where the ray has the parameter 0.</param>
    /// <param name="reciprocal">1 over the direction; finite.</param>
    /// <param name="begin">The parameter where the ray begins.</param>
    /// <param name="end">The parameter where it ends.</param>
    /// <param name="entry">The parameter where it is in the box first.</param>
    /// <returns>Whether it meets the box. Rounding may say yes to a miss, never no to a hit.</returns>
    public bool IsMetBy(in Vector3D origin, in Vector3D reciprocal, double begin, double end, out double entry)
    {
        // Three roundings on each bound, and as many where a triangle is tested: this much more is always enough.
        const double Slack = 1 + 2e-15;

        double x0 = (Min.X - origin.X) * reciprocal.X;
        double x1 = (Max.X - origin.X) * reciprocal.X;
        double y0 = (Min.Y - origin.Y) * reciprocal.Y;
        double y1 = (Max.Y - origin.Y) * reciprocal.Y;
        double z0 = (Min.Z - origin.Z) * reciprocal.Z;
        double z1 = (Max.Z - origin.Z) * reciprocal.Z;
        double near = Larger(Larger(Smaller(x0, x1), Smaller(y0, y1)), Smaller(z0, z1));
        double far = Smaller(Smaller(Larger(x0, x1), Larger(y0, y1)), Larger(z0, z1));
        entry = Larger(near, begin);
        return near <= (far * Slack) + double.Epsilon && near <= end * Slack && far * Slack >= begin;
    }

    // One instruction each; Math.Min and Math.Max take several for numbers that do not come here.
    private static double Smaller(double left, double right) => left < right ? left : right;

    private static double Larger(double left, double right) => left > right ? left : right;
}
