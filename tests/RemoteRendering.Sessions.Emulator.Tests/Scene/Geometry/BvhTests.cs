using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

public class BvhTests
{
    [Theory]
    [InlineData("soup")]
    [InlineData("equal")]
    [InlineData("points")]
    [InlineData("spread")]
    [InlineData("coplanar")]
    public void OverTriangles_AnyInput_HoldsEachOnceWithinBoundedDepth(string input)
    {
        const int Count = 100_000;
        Vector3[] positions = [.. Enumerable.Range(0, 3 * Count).Select(i => Corner(input, i / 3, i % 3))];
        Bvh bvh = Bvh.OverTriangles(positions, [.. Enumerable.Range(0, positions.Length)], CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, Count), bvh.Order.Order());
        Assert.InRange(Check(bvh, positions), 1, Bvh.MostDepth);
    }

    [Fact]
    public void OverTriangles_None_HasNoNodes() => Assert.Empty(Bvh.OverTriangles([], [], CancellationToken.None).Nodes);

    [Fact]
    public void OverTriangles_Cancelled_Throws()
        => Assert.ThrowsAny<OperationCanceledException>(() => FormulaMeshes.Grid(50, 50).BuildBvh(new CancellationToken(canceled: true)));

    [Fact]
    public void OverBoxes_HugeAndTiny_AreAllInside()
    {
        Box3D[] boxes =
        [
            new(new Vector3D(-1e300, -1e300, -1e300), new Vector3D(1e300, 1e300, 1e300)),
            new(new Vector3D(1e-300, 0, 0), new Vector3D(2e-300, 0, 0)),
            Box3D.Empty,
            new(new Vector3D(5, 5, 5), new Vector3D(5, 5, 5)),
        ];
        Bvh bvh = Bvh.OverBoxes(boxes, default, CancellationToken.None);

        Assert.Equal([0, 1, 3], bvh.Order.Order());
        Assert.True(bvh.Nodes[0].Min.X < -1e37f);
    }

    private static Vector3 Corner(string input, int triangle, int corner)
    {
        var random = new Random((3 * triangle) + corner);
        return input switch
        {
            "equal" => corner == 0 ? Vector3.Zero : corner == 1 ? Vector3.UnitX : Vector3.UnitY,
            "points" => Vector3.One,

            // Each a little farther than the last, so that every cut takes off few.
            "spread" => new Vector3(MathF.Pow(1.0006f, triangle), corner, 0),
            "coplanar" => new Vector3(random.NextSingle(), random.NextSingle(), 0),
            _ => (Vector3)random.Direction(),
        };
    }

    /// <summary>Checks that boxes hold what is below them.</summary>
    /// <returns>The depth.</returns>
    private static int Check(Bvh bvh, Vector3[] positions)
    {
        int deepest = 0;
        Stack<(int Node, int Depth)> waiting = new([(0, 1)]);
        while (waiting.TryPop(out (int Node, int Depth) at))
        {
            BvhNode node = bvh.Nodes[at.Node];
            deepest = Math.Max(deepest, at.Depth);
            var box = new Box3(node.Min, node.Max);
            if (node.IsLeaf)
            {
                foreach (int item in bvh.Order.AsSpan(node.First, node.Count))
                {
                    Assert.Equal(
                        box, box.Including(positions[3 * item]).Including(positions[(3 * item) + 1]).Including(positions[(3 * item) + 2]));
                }

                continue;
            }

            foreach (int child in (int[])[node.First, node.First + 1])
            {
                Assert.Equal(box, box.Union(new Box3(bvh.Nodes[child].Min, bvh.Nodes[child].Max)));
                waiting.Push((child, at.Depth + 1));
            }
        }

        return deepest;
    }
}
