using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

public class VolumeSearchTests
{
    private const int Many = 1_000;

    private static readonly SceneSnapshot _box =
        SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Box(new Vector3(2)), entity: 5, position: new Vector3D(10, 0, 0)));

    [Theory]
    [InlineData(13, 2.01, true)]
    [InlineData(13, 1.99, false)]
    [InlineData(10, 0.99, false)]
    [InlineData(10, 1.01, true)]
    [InlineData(10, 50, true)]
    public void Sphere_AtABox_IsAboutItsSurface(double x, double radius, bool isFound)
        => Assert.Equal(isFound ? [5u] : [], VolumeSearch.Sphere(_box, new Vector3D(x, 0, 0), radius, Many));

    [Theory]
    [InlineData(0.72, false)]
    [InlineData(0.74, true)]
    public void Sphere_AtACorner_ReachesAsFarAsTheCornerIs(double radius, bool isFound)
    {
        // From (1.42, 1.42, 1.42) beside the box's middle to its corner at (1, 1, 1).
        Vector3D center = new Vector3D(10, 0, 0) + (new Vector3D(1.42, 1.42, 1.42));
        Assert.Equal(0.7275, (center - new Vector3D(11, 1, 1)).Length, 1e-4);

        Assert.Equal(isFound ? [5u] : [], VolumeSearch.Sphere(_box, center, radius, Many));
    }

    [Theory]
    [InlineData(8, 8.99, false)]
    [InlineData(8, 9.01, true)]
    [InlineData(9.5, 10.5, false)]
    [InlineData(0, 100, true)]
    public void Box_AtABox_IsAboutItsSurface(double from, double to, bool isFound)
        => Assert.Equal(
            isFound ? [5u] : [], VolumeSearch.Box(_box, new Box3D(new Vector3D(from, -0.5, -0.5), new Vector3D(to, 0.5, 0.5)), Many));

    [Theory]
    [InlineData(2.42, false)]
    [InlineData(2.41, true)]
    public void OrientedBox_TurnedAnEighth_ReachesWithItsEdge(double distance, bool isFound)
    {
        // Turned around Z, an edge of a box of half extents 1 reaches the square root of 2 towards the face at 11.
        var rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 4);

        Assert.Equal(
            isFound ? [5u] : [], VolumeSearch.OrientedBox(_box, new Vector3D(10 + distance, 0, 0), new Vector3D(1, 1, 1), rotation, Many));
    }

    [Fact]
    public void Box_NearATrianglesBoxButNotTheTriangle_FindsNothing()
    {
        SceneSnapshot scene =
            SceneSetup.Scene(SceneSetup.Instance(SceneSetup.Mesh([Vector3.Zero, new Vector3(1, 0, 0), new Vector3(0, 1, 0)], 0, 1, 2)));

        Assert.Empty(VolumeSearch.Box(scene, new Box3D(new Vector3D(0.6, 0.6, -1), new Vector3D(1, 1, 1)), Many));
        Assert.Single(VolumeSearch.Box(scene, new Box3D(new Vector3D(0.4, 0.4, -1), new Vector3D(1, 1, 1)), Many));
    }

    [Fact]
    public void Search_ManyEntities_IdsGrowAndAreCutOff()
    {
        TriangleMesh mesh = FormulaMeshes.Box(new Vector3(0.5f));
        SceneSnapshot scene = SceneSetup.Scene(
            [.. Enumerable.Range(0, 1_000).Select(i => SceneSetup.Instance(mesh, (uint)(5_000 - i), new Vector3D(i, 0, 0)))]);

        // From 99.5 to 200.5 are those at 100 to 200.
        var box = new Box3D(new Vector3D(99.5, -1, -1), new Vector3D(200.5, 1, 1));
        Assert.Equal(Enumerable.Range(4_800, 101).Select(static id => (uint)id), VolumeSearch.Box(scene, box, Many));
        Assert.Equal([4_800u, 4_801u], VolumeSearch.Box(scene, box, 2));
    }

    [Fact]
    public void Search_WithoutCollision_IsNotFound()
    {
        MeshInstance instance = _box.Instances[0];

        Assert.Empty(VolumeSearch.Sphere(SceneSetup.Scene(instance.With(collides: false)), instance.Place.Origin, 50, Many));
    }

    [Fact]
    public void Search_CutAway_IsFound()
    {
        var scene = new SceneSnapshot(_box.Instances, [new CutPlane(default, new Vector3D(1, 0, 0), default, 0)]);

        Assert.Single(VolumeSearch.Sphere(scene, new Vector3D(10, 0, 0), 50, Many));
    }

    [Fact]
    public void Search_Soup_FindsWhatSamplesFind()
    {
        // Each triangle as a cloud of points that are at most so far from any point of it.
        const double Gap = 0.02;
        var random = new Random(8);
        TriangleMesh soup = SceneSetup.Soup(random, 200);
        var far = new Vector3D(1e6, 0, 0);
        SceneSnapshot scene = SceneSetup.Scene([.. Enumerable.Range(0, 200).Select(
            i => SceneSetup.Instance(SceneSetup.Mesh([.. soup.Positions.AsSpan(3 * i, 3)], 0, 1, 2), (uint)i, far))]);
        for (int round = 0; round < 100; round++)
        {
            Vector3D center = random.Direction() * random.NextDouble();
            double radius = 0.3 * random.NextDouble();
            var half = new Vector3D(0.3 * random.NextDouble(), 0.3 * random.NextDouble(), 0.3 * random.NextDouble());
            var rotation = Quaternion.CreateFromYawPitchRoll(random.NextSingle() * 6, random.NextSingle() * 6, 0);
            Placement.Compose(center, rotation, Vector3.One).TryInvert(out Placement toBox);

            AssertBetween(
                VolumeSearch.Sphere(scene, far + center, radius, Many), slack
                    => Sampled(soup, Gap, point => (point - center).Length <= radius + slack), Gap);
            AssertBetween(
                VolumeSearch.OrientedBox(scene, far + center, half, rotation, Many), slack
                    => Sampled(soup, Gap, point => IsIn(toBox.TransformPoint(point), half, slack)), Gap);
        }
    }

    /// <summary>Whoever has a sample in the volume must be found; whoever is found must have one in the volume grown by a gap.</summary>
    private static void AssertBetween(IReadOnlyList<uint> found, Func<double, HashSet<uint>> sampled, double gap)
    {
        Assert.Subset(found.ToHashSet(), sampled(-1e-9));
        Assert.Subset(sampled(gap), found.ToHashSet());
    }

    private static bool IsIn(Vector3D point, Vector3D half, double slack)
        => Math.Abs(point.X) <= half.X + slack && Math.Abs(point.Y) <= half.Y + slack && Math.Abs(point.Z) <= half.Z + slack;

    private static HashSet<uint> Sampled(TriangleMesh soup, double gap, Func<Vector3D, bool> isInside)
    {
        int steps = (int)Math.Ceiling(0.4 / gap);
        HashSet<uint> found = [];
        for (int triangle = 0; triangle < soup.TriangleCount; triangle++)
        {
            Vector3D a = soup.Positions[3 * triangle];
            Vector3D b = soup.Positions[(3 * triangle) + 1];
            Vector3D c = soup.Positions[(3 * triangle) + 2];
            for (int i = 0; i <= steps; i++)
            {
                for (int j = 0; i + j <= steps; j++)
                {
                    if (isInside(a + ((b - a) * ((double)i / steps)) + ((c - a) * ((double)j / steps))))
                    {
                        found.Add((uint)triangle);
                    }
                }
            }
        }

        return found;
    }
}
