using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>A ray as trees want it: where it begins, and one over its direction.</summary>
internal readonly struct BvhRay
{
    /// <summary>Stands for a direction of 0, whose reciprocal times 0 would not be a number.</summary>
    private const double Smallest = 1e-290;

    private readonly Vector3D _origin;
    private readonly Vector3D _reciprocal;
    private readonly double _begin;

    /// <summary>Makes a ray.</summary>
    /// <param name="origin">Where it has the parameter 0.</param>
    /// <param name="direction">How far it goes with the parameter 1.</param>
    /// <param name="begin">The parameter where it begins.</param>
    public BvhRay(Vector3D origin, Vector3D direction, double begin)
    {
        _origin = origin;
        _reciprocal = new Vector3D(Reciprocal(direction.X), Reciprocal(direction.Y), Reciprocal(direction.Z));
        _begin = begin;
    }

    /// <summary>Visits the items whose boxes the ray meets, nearer boxes first.</summary>
    public void Walk<TVisitor>(Bvh bvh, ref TVisitor visitor, CancellationToken cancellationToken)
        where TVisitor : struct, IBvhRayVisitor
    {
        BvhNode[] nodes = bvh.Nodes;
        int[] order = bvh.Order;
        if (nodes.Length == 0 || !nodes[0].IsMetBy(_origin, _reciprocal, _begin, visitor.End, out double entry))
        {
            return;
        }

        Span<int> waiting = stackalloc int[Bvh.MostDepth];
        Span<double> entries = stackalloc double[Bvh.MostDepth];
        int depth = 0;
        int current = 0;
        int leaves = 0;
        while (true)
        {
            ref readonly BvhNode node = ref nodes[current];
            if (entry <= visitor.End)
            {
                if (!node.IsLeaf)
                {
                    int left = node.First;
                    bool goesLeft = nodes[left].IsMetBy(_origin, _reciprocal, _begin, visitor.End, out double leftEntry);
                    bool goesRight = nodes[left + 1].IsMetBy(_origin, _reciprocal, _begin, visitor.End, out double rightEntry);
                    if (goesLeft && goesRight)
                    {
                        bool leftFirst = leftEntry <= rightEntry;
                        waiting[depth] = leftFirst ? left + 1 : left;
                        entries[depth++] = leftFirst ? rightEntry : leftEntry;
                        current = leftFirst ? left : left + 1;
                        entry = leftFirst ? leftEntry : rightEntry;
                        continue;
                    }

                    if (goesLeft || goesRight)
                    {
                        current = goesLeft ? left : left + 1;
                        entry = goesLeft ? leftEntry : rightEntry;
                        continue;
                    }
                }
                else
                {
                    foreach (int item in order.AsSpan(node.First, node.Count))
                    {
                        visitor.Visit(item);
                    }

                    if (++leaves % 1024 == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }
                }
            }

            if (depth == 0)
            {
                return;
            }

            current = waiting[--depth];
            entry = entries[depth];
        }
    }

    private static double Reciprocal(double direction)
        => 1 / (Math.Abs(direction) >= Smallest ? direction : direction < 0 ? -Smallest : Smallest);
}
