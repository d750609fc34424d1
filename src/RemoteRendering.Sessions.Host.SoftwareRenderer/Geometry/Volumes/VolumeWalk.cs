using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>Visits the items of a tree whose boxes may touch a volume.</summary>
internal static class VolumeWalk
{
    /// <summary>Walks the tree.</summary>
    /// <returns>True when the visitor ended it.</returns>
    public static bool Visit<TVolume, TVisitor>(Bvh bvh, Placement toVolume, TVolume volume, ref TVisitor visitor)
        where TVolume : struct, IVolume
        where TVisitor : struct, IVolumeVisitor
    {
        BvhNode[] nodes = bvh.Nodes;
        if (nodes.Length == 0)
        {
            return false;
        }

        Span<int> waiting = stackalloc int[Bvh.MostDepth + 1];
        int depth = 0;
        waiting[depth++] = 0;
        while (depth > 0)
        {
            ref readonly BvhNode node = ref nodes[waiting[--depth]];
            if (!volume.Reaches(toVolume.Transform(new Box3D(node.Min, node.Max))))
            {
                continue;
            }

            if (!node.IsLeaf)
            {
                waiting[depth++] = node.First + 1;
                waiting[depth++] = node.First;
                continue;
            }

            foreach (int item in bvh.Order.AsSpan(node.First, node.Count))
            {
                if (visitor.Visit(item))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
