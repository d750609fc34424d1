using System.Numerics;
using System.Runtime.Intrinsics;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>A tree of boxes over items that are known by their numbers: the triangles of a mesh, or the instances of a scene.</summary>
internal sealed class Bvh
{
    /// <summary>No tree is deeper; a walk needs no more places on its stack.</summary>
    public const int MostDepth = BvhBuilder.MostDepth;

    internal Bvh(BvhNode[] nodes, int[] order)
    {
        Nodes = nodes;
        Order = order;
    }

    /// <summary>Gets the nodes, the root first; none without items.</summary>
    public BvhNode[] Nodes { get; }

    /// <summary>Gets the numbers of the items in the order of the leaves.</summary>
    public int[] Order { get; }

    public long ByteSize => (32L * Nodes.Length) + (4L * Order.Length);

    /// <summary>Builds the tree over triangles.</summary>
    public static Bvh OverTriangles(Vector3[] positions, int[] indices, CancellationToken cancellationToken)
    {
        var boxes = new BvhBox[indices.Length / 3];
        for (int i = 0; i < boxes.Length; i++)
        {
            if (i % 65_536 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Vector128<float> a = positions[indices[3 * i]].AsVector128();
            BvhBox box = new BvhBox(a, a).Including(positions[indices[(3 * i) + 1]].AsVector128())
                .Including(positions[indices[(3 * i) + 2]].AsVector128());
            boxes[i] = BvhBox.Of(box.Min, box.Max, i);
        }

        return BvhBuilder.Build(boxes, cancellationToken);
    }

    /// <summary>Builds the tree over boxes in double precision, which are rounded outwards. An empty box is never found.</summary>
    public static Bvh OverBoxes(ReadOnlySpan<Box3D> boxes, Vector3D origin, CancellationToken cancellationToken)
    {
        List<BvhBox> rounded = new(boxes.Length);
        for (int i = 0; i < boxes.Length; i++)
        {
            if (!boxes[i].IsEmpty)
            {
                Vector3D min = boxes[i].Min - origin;
                Vector3D max = boxes[i].Max - origin;
                rounded.Add(BvhBox.Of(
                    Vector128.Create(Below(min.X), Below(min.Y), Below(min.Z), 0),
                    Vector128.Create(-Below(-max.X), -Below(-max.Y), -Below(-max.Z), 0),
                    i));
            }
        }

        return BvhBuilder.Build([.. rounded], cancellationToken);
    }

    /// <summary>A number of single precision that is not larger, and finite.</summary>
    private static float Below(double value)
        => float.BitDecrement((float)Math.Clamp(value, -float.MaxValue / 2, float.MaxValue / 2));
}
