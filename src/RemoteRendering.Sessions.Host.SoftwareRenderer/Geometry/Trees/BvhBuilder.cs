using System.Numerics;
using System.Runtime.Intrinsics;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>
/// Builds a <see cref="Bvh"/> from the top: each node is cut where the surface area heuristic is cheapest among a few planes on each axis.
/// Where that cannot tell items apart, or goes too deep, a node is halved by number, so that any input, a million equal triangles for one,
/// gives a tree of bounded depth in bounded time.
/// </summary>
internal sealed class BvhBuilder
{
    /// <summary>From here on nodes are halved, and an array has less than 2^31 items.</summary>
    private const int HeuristicDepth = 40;

    public const int MostDepth = HeuristicDepth + 32;

    private const int LeafSize = 4;
    private const int MostBins = 16;

    /// <summary>Smaller nodes are built by the thread that cut them off.</summary>
    private const int ParallelSize = 32_768;

    private readonly BvhBox[] _boxes;
    private readonly BvhNode[] _nodes;
    private readonly CancellationToken _cancellationToken;
    private int _nodeCount = 1;

    private BvhBuilder(BvhBox[] boxes, CancellationToken cancellationToken)
    {
        _boxes = boxes;

        // Only what is written to becomes real memory.
        _nodes = new BvhNode[Math.Max(1, (2 * boxes.LongLength) - 1)];
        _cancellationToken = cancellationToken;
    }

    /// <summary>Builds the tree.</summary>
    /// <param name="boxes">The items; they are sorted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Bvh Build(BvhBox[] boxes, CancellationToken cancellationToken)
    {
        if (boxes.Length == 0)
        {
            return new Bvh([], []);
        }

        var builder = new BvhBuilder(boxes, cancellationToken);
        try
        {
            builder.Divide(0, 0, boxes.Length, 0);
        }
        catch (AggregateException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        return new Bvh(builder._nodes.AsSpan(0, builder._nodeCount).ToArray(), Array.ConvertAll(boxes, static box => box.Item));
    }

    private void Divide(int node, int first, int count, int depth)
    {
        BvhBox bounds = BvhBox.Empty;
        BvhBox centers = BvhBox.Empty;
        foreach (ref readonly BvhBox box in _boxes.AsSpan(first, count))
        {
            bounds = bounds.Union(box);
            centers = centers.Including(box.Center);
        }

        int leftCount = count <= LeafSize ? 0 : depth < HeuristicDepth ? Cut(first, count, centers) : count / 2;
        if (leftCount == 0)
        {
            _nodes[node] = new BvhNode(Corner(bounds.Min), first, Corner(bounds.Max), count);
            return;
        }

        int children = Interlocked.Add(ref _nodeCount, 2) - 2;
        _nodes[node] = new BvhNode(Corner(bounds.Min), children, Corner(bounds.Max), 0);
        if (count < ParallelSize)
        {
            Divide(children, first, leftCount, depth + 1);
            Divide(children + 1, first + leftCount, count - leftCount, depth + 1);
            return;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        DivideBoth(children, first, leftCount, count, depth + 1);
    }

    /// <summary>Apart from <see cref="Divide"/>, which would make an object for what is captured here each time it is called.</summary>
    private void DivideBoth(int children, int first, int leftCount, int count, int depth)
        => Parallel.Invoke(
            () => Divide(children, first, leftCount, depth),
            () => Divide(children + 1, first + leftCount, count - leftCount, depth));

    /// <summary>Sorts the items of a node to the two sides of the cheapest cut.</summary>
    /// <returns>How many are on the left.</returns>
    private int Cut(int first, int count, BvhBox centers)
    {
        // A bin that gets less than a few items tells nothing more, and costs as much as one that does.
        int binCount = count >= 512 ? MostBins : count >= 32 ? MostBins / 2 : MostBins / 4;

        // A little less than there are, so that the last centre falls into the last bin whatever is rounded.
        Vector128<float> extent = centers.Max - centers.Min;
        Vector128<float> scale = Vector128.Create(binCount - 0.01f) / extent;
        scale = Vector128.ConditionalSelect(
            Vector128.GreaterThan(extent, Vector128.Create(1e-37f)) & Vector128.LessThan(extent, Vector128.Create(float.MaxValue)), scale,
            Vector128<float>.Zero);
        Span<BvhBox> boxes = _boxes.AsSpan(first, count);
        Span<BvhBox> bins = stackalloc BvhBox[3 * MostBins];
        Span<int> counts = stackalloc int[3 * MostBins];
        bins = bins[..(3 * binCount)];
        counts = counts[..bins.Length];
        bins.Fill(BvhBox.Empty);
        counts.Clear();
        foreach (ref readonly BvhBox box in boxes)
        {
            Vector128<int> bin = Vector128.ConvertToInt32((box.Center - centers.Min) * scale);
            int x = bin.GetElement(0);
            int y = binCount + bin.GetElement(1);
            int z = (2 * binCount) + bin.GetElement(2);
            bins[x] = bins[x].Union(box);
            bins[y] = bins[y].Union(box);
            bins[z] = bins[z].Union(box);
            counts[x]++;
            counts[y]++;
            counts[z]++;
        }

        if (Cheapest(bins, counts, binCount, count) is not { } cut)
        {
            return count / 2;
        }

        int axis = cut / binCount;
        float begin = centers.Min.GetElement(axis);
        float factor = scale.GetElement(axis);
        int left = 0;
        int right = count - 1;
        while (left <= right)
        {
            if ((int)((boxes[left].Center.GetElement(axis) - begin) * factor) <= cut % binCount)
            {
                left++;
            }
            else
            {
                (boxes[left], boxes[right]) = (boxes[right], boxes[left]);
                right--;
            }
        }

        return left;
    }

    /// <summary>The last bin on the left of the cheapest cut; null when every cut leaves a side empty.</summary>
    private static int? Cheapest(ReadOnlySpan<BvhBox> bins, ReadOnlySpan<int> counts, int binCount, int count)
    {
        int? cheapest = null;
        double least = double.PositiveInfinity;
        Span<double> rightCosts = stackalloc double[MostBins];
        for (int axis = 0; axis < 3; axis++)
        {
            ReadOnlySpan<BvhBox> row = bins.Slice(axis * binCount, binCount);
            ReadOnlySpan<int> rowCounts = counts.Slice(axis * binCount, binCount);
            BvhBox box = BvhBox.Empty;
            int items = 0;
            for (int bin = binCount - 1; bin > 0; bin--)
            {
                box = box.Union(row[bin]);
                items += rowCounts[bin];
                rightCosts[bin] = items * box.HalfArea();
            }

            box = BvhBox.Empty;
            items = 0;
            for (int bin = 0; bin < binCount - 1; bin++)
            {
                box = box.Union(row[bin]);
                items += rowCounts[bin];
                double cost = (items * box.HalfArea()) + rightCosts[bin + 1];
                if (items > 0 && items < count && cost < least)
                {
                    least = cost;
                    cheapest = (axis * binCount) + bin;
                }
            }
        }

        return cheapest;
    }

    private static Vector3 Corner(Vector128<float> value) => value.AsVector3();
}
