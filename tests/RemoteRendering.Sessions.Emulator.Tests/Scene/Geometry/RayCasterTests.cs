using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

public class RayCasterTests
{
    private static readonly TriangleMesh _square = FormulaMeshes.Grid(1, 1);

    [Fact]
    public void Cast_Box_GoesInAndOutWhereThePlanesAre()
    {
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Box(new Vector3(2, 4, 6)), entity: 7));

        IReadOnlyList<RayHit> hits =
            RayCaster.Cast(scene, new RayQuery(new Vector3D(0.25, 0.5, 10), new Vector3D(0.25, 0.5, -10), RayPolicy.All));

        Assert.Equal(2, hits.Count);
        Assert.Equal((7u, 0, 7d, true), (hits[0].Entity, hits[0].Part, hits[0].Distance, hits[0].IsFront));
        Assert.Equal(new Vector3D(0.25, 0.5, 3), hits[0].Position);
        Assert.Equal(new Vector3D(0, 0, 1), hits[0].Normal);
        Assert.Equal((13d, false), (hits[1].Distance, hits[1].IsFront));
        Assert.Equal(new Vector3D(0, 0, -1), hits[1].Normal);
    }

    [Fact]
    public void Cast_Sphere_HitsWhereTheFormulaSays()
    {
        const double Radius = 3;
        const int Steps = 256;
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Sphere(Radius, Steps, Steps)));
        var random = new Random(2);
        for (int i = 0; i < 2_000; i++)
        {
            Vector3D start = random.Direction() * 10;
            Vector3D aim = random.Direction() * (Radius * 0.8);
            Vector3D way = (aim - start).Normalized();

            // |start + t * way| = radius; the flat triangles lie inside by at most what a chord is off.
            double half = Vector3D.Dot(start, way);
            double expected = -half - Math.Sqrt((half * half) - start.LengthSquared + (Radius * Radius));
            double sag = Radius * (1 - Math.Cos(Math.PI / Steps)) * 2;

            RayHit hit = Assert.Single(RayCaster.Cast(scene, new RayQuery(start, start + (way * 20))));

            double slope = Math.Abs(Vector3D.Dot((start + (way * expected)).Normalized(), way));
            Assert.InRange(hit.Distance, expected - 1e-6, expected + (sag / slope * 1.5) + 1e-6);
            Assert.True(hit.IsFront);
            Assert.True(Vector3D.Dot(hit.Normal, hit.Position.Normalized()) > 0.999);
        }
    }

    [Fact]
    public void Cast_Torus_HitsLieOnTheFormula()
    {
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Torus(2, 0.5, 512, 256)));
        var random = new Random(3);
        int hits = 0;
        for (int i = 0; i < 1_000; i++)
        {
            Vector3D start = random.Direction() * 5;
            Vector3D direction = random.Direction();
            Vector3D aim = new Vector3D(direction.X, 0, direction.Z).Normalized() * 2;
            IReadOnlyList<RayHit> found = RayCaster.Cast(scene, new RayQuery(start, start + ((aim - start) * 4), RayPolicy.All));

            // What goes in comes out.
            Assert.Equal(0, found.Count % 2);
            foreach ((int number, RayHit hit) in found.Select(static (hit, number) => (number, hit)))
            {
                double ring = Math.Sqrt((hit.Position.X * hit.Position.X) + (hit.Position.Z * hit.Position.Z)) - 2;
                Assert.Equal(0.5, Math.Sqrt((ring * ring) + (hit.Position.Y * hit.Position.Y)), 3e-4);
                Assert.Equal(number % 2 == 0, hit.IsFront);
                hits++;
            }
        }

        Assert.True(hits > 500);
    }

    [Fact]
    public void Cast_ThroughCornersAndEdges_GoesThroughTheSurfaceOnce()
    {
        const int Cells = 10;
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Grid(Cells, Cells)));
        for (int i = 1; i < 4 * Cells; i++)
        {
            for (int j = 1; j < 4 * Cells; j++)
            {
                // Corners, the middles of edges, diagonals and all between, straight and aslant.
                var through = new Vector3D((i / (2.0 * Cells)) - 1, (j / (2.0 * Cells)) - 1, 0);
                var lean = new Vector3D(i % 3 * 0.125, j % 2 * 0.25, 1);

                RayHit hit = Assert.Single(RayCaster.Cast(scene, new RayQuery(through + lean, through - lean, RayPolicy.All)));

                Assert.True((hit.Position - through).Length < 1e-7);
            }
        }
    }

    [Fact]
    public void Cast_FromInside_FindsNoGap()
    {
        TriangleMesh mesh = FormulaMeshes.Sphere(1, 48, 24);
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(mesh, rotation: Quaternion.CreateFromYawPitchRoll(0.3f, 0.5f, 0.7f)));
        Placement place = scene.Instances[0].Place;
        var random = new Random(4);
        for (int i = 0; i < 20_000; i++)
        {
            // At a corner, at a point of an edge, or anywhere.
            int triangle = random.Next(mesh.TriangleCount);
            Vector3D a = mesh.Positions[mesh.Indices[3 * triangle]];
            Vector3D b = mesh.Positions[mesh.Indices[(3 * triangle) + 1]];
            Vector3D aim = i % 3 == 0 ? a : i % 3 == 1 ? a + ((b - a) * random.NextDouble()) : random.Direction();

            RayHit hit = Assert.Single(
                RayCaster.Cast(scene, new RayQuery(place.TransformPoint(random.Direction() * 0.5), place.TransformPoint(aim * 3))));
            Assert.False(hit.IsFront);
        }
    }

    [Fact]
    public void Cast_Soup_FindsWhatAScanFinds()
    {
        var random = new Random(5);
        TriangleMesh mesh = SceneSetup.Soup(random, 1_000);
        SceneSnapshot scene = SceneSetup.Scene(
            SceneSetup.Instance(
                mesh, position: new Vector3D(1, 2, 3), rotation: Quaternion.CreateFromYawPitchRoll(1, 2, 3),
                scale: new Vector3(1, -2, 0.5f)));
        for (int i = 0; i < 500; i++)
        {
            var query = new RayQuery(
                new Vector3D(1, 2, 3) + (random.Direction() * 3), new Vector3D(1, 2, 3) + (random.Direction() * 2), RayPolicy.All);
            List<(double Distance, int Triangle)> expected = Scan(mesh, scene.Instances[0].Place, query);

            IReadOnlyList<RayHit> hits = RayCaster.Cast(scene, query);

            Assert.Equal(expected.Select(static hit => hit.Triangle), hits.Select(static hit => hit.Triangle));
            Assert.All(hits.Zip(expected), static pair => Assert.Equal(pair.Second.Distance, pair.First.Distance, 1e-6));
            Assert.Equal(
                hits.Take(1).Select(static hit => hit.Triangle),
                RayCaster.Cast(scene, query.With(RayPolicy.Closest)).Select(static hit => hit.Triangle));
            Assert.Equal(hits.Count > 0, RayCaster.Cast(scene, query.With(RayPolicy.Any)).Count == 1);
        }
    }

    [Theory]
    [InlineData(1e7)]
    [InlineData(-1e7)]
    public void Cast_FarFromTheOrigin_IsExactToTheMicrometre(double far)
    {
        var place = new Vector3D(far, far / 2, -far);
        SceneSnapshot scene = SceneSetup.Scene(
            SceneSetup.Instance(FormulaMeshes.Box(Vector3.One), 1, place),
            SceneSetup.Instance(FormulaMeshes.Box(Vector3.One), 2, place + new Vector3D(1.001, 0, 0)));

        RayHit near =
            Assert.Single(RayCaster.Cast(scene, new RayQuery(place + new Vector3D(0.4995, 0.1, 3), place + new Vector3D(0.4995, 0.1, -3))));
        RayHit other =
            Assert.Single(RayCaster.Cast(scene, new RayQuery(place + new Vector3D(0.5015, 0.1, 3), place + new Vector3D(0.5015, 0.1, -3))));
        IReadOnlyList<RayHit> between =
            RayCaster.Cast(scene, new RayQuery(place + new Vector3D(0.5005, 0.1, 3), place + new Vector3D(0.5005, 0.1, -3)));

        Assert.Equal((1u, 2u), (near.Entity, other.Entity));
        Assert.Empty(between);
        Assert.Equal(2.5, near.Distance, 1e-6);
        Assert.True((near.Position - (place + new Vector3D(0.4995, 0.1, 0.5))).Length < 1e-6);
    }

    [Fact]
    public void Cast_FromFarAway_IsExactToTheMicrometre()
    {
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(_square));

        RayHit hit = Assert.Single(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.3, 0.2, 1e7), new Vector3D(0.3, 0.2, -1e7))));

        Assert.True((hit.Position - new Vector3D(0.3, 0.2, 0)).Length < 1e-6);
        Assert.Equal(1e7, hit.Distance, 1e-6);
    }

    [Fact]
    public void Cast_MoreThanWanted_KeepsTheNearest()
    {
        // 300 squares one behind the other, in no order.
        var random = new Random(6);
        MeshInstance[] squares = [.. Enumerable.Range(0, 300).Select(i => SceneSetup.Instance(_square, (uint)i, new Vector3D(0, 0, -i)))];
        random.Shuffle(squares);
        SceneSnapshot scene = SceneSetup.Scene(squares);
        var query = new RayQuery(new Vector3D(0.1, 0.2, 1), new Vector3D(0.1, 0.2, -1000), RayPolicy.All, 1_024);

        Assert.Equal(Enumerable.Range(0, 256).Select(static i => (uint)i), RayCaster.Cast(scene, query).Select(static hit => hit.Entity));
        Assert.Equal([0u, 1u, 2u], RayCaster.Cast(scene, query.With(query.Policy, 3)).Select(static hit => hit.Entity));
        Assert.Equal(0u, Assert.Single(RayCaster.Cast(scene, query.With(RayPolicy.Closest))).Entity);
        Assert.Single(RayCaster.Cast(scene, query.With(RayPolicy.Any)));
    }

    [Fact]
    public void Cast_EndsAndBeginsOnTheSurface_Hits()
    {
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(_square));

        Assert.Single(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.1, 0.2, 1), new Vector3D(0.1, 0.2, 0))));
        Assert.Single(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.1, 0.2, 0), new Vector3D(0.1, 0.2, 1))));
        Assert.Empty(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.1, 0.2, 1), new Vector3D(0.1, 0.2, 1e-9))));
        Assert.Empty(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.1, 0.2, -1e-9), new Vector3D(0.1, 0.2, -1))));
    }

    [Fact]
    public void Cast_MirroredAndStretched_NormalsStayOutside()
    {
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Sphere(1, 64, 32), scale: new Vector3(-2, 1, 1)));
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            RayHit hit = Assert.Single(RayCaster.Cast(scene, new RayQuery(random.Direction() * 5, random.Direction() * 0.1)));

            // The gradient of (x/2)^2 + y^2 + z^2.
            Vector3D expected = new Vector3D(hit.Position.X / 4, hit.Position.Y, hit.Position.Z).Normalized();
            Assert.True(Vector3D.Dot(expected, hit.Normal) > 0.99);
            Assert.True(hit.IsFront);
            Assert.Equal(1, hit.Normal.Length, 1e-12);
        }
    }

    [Fact]
    public void Cast_AtWhatIsNotThere_FindsNothing()
    {
        MeshInstance square = SceneSetup.Instance(_square);
        var query = new RayQuery(new Vector3D(0.1, 0.2, 1), new Vector3D(0.1, 0.2, -1), RayPolicy.All);

        Assert.Empty(RayCaster.Cast(SceneSetup.Scene(), query));
        Assert.Empty(RayCaster.Cast(SceneSetup.Scene(square.With(collides: false)), query));
        Assert.Empty(RayCaster.Cast(SceneSetup.Scene(SceneSetup.Instance(_square, scale: new Vector3(1, 0, 1))), query));
        Assert.Empty(RayCaster.Cast(SceneSetup.Scene(SceneSetup.Instance(SceneSetup.Mesh([]))), query));
    }

    [Fact]
    public void Cast_RayThatIsNone_FindsNothing()
    {
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(_square));
        var inside = new Vector3D(0.1, 0.2, 0);

        Assert.Empty(RayCaster.Cast(scene, new RayQuery(inside, inside)));
        Assert.Empty(RayCaster.Cast(scene, new RayQuery(new Vector3D(0, 0, double.MaxValue), new Vector3D(0, 0, -double.MaxValue))));
    }

    [Fact]
    public void Cast_CutPlane_HidesWhatLiesOnItsSide()
    {
        SceneSnapshot uncut = SceneSetup.Scene(SceneSetup.Instance(FormulaMeshes.Sphere(1, 128, 64)));
        var scene = new SceneSnapshot(uncut.Instances, [new CutPlane(new Vector3D(0, 0, 0.5), new Vector3D(0, 0, 1), default, 0)]);
        var query = new RayQuery(new Vector3D(0.01, 0.02, 5), new Vector3D(0.01, 0.02, -5), RayPolicy.All);

        // The near side is gone; the far one is seen from inside.
        RayHit hit = Assert.Single(RayCaster.Cast(scene, query));
        Assert.False(hit.IsFront);
        Assert.Equal(6, hit.Distance, 1e-2);
        Assert.Equal(2, RayCaster.Cast(uncut, query).Count);

        // All of it is on the side that is cut away; and a ray along the plane, on either side of it.
        Assert.Empty(RayCaster.Cast(scene, new RayQuery(new Vector3D(-5, 0, 0.6), new Vector3D(5, 0, 0.6), RayPolicy.All)));
        Assert.Equal(2, RayCaster.Cast(scene, new RayQuery(new Vector3D(-5, 0.01, 0.4), new Vector3D(5, 0.01, 0.4), RayPolicy.All)).Count);
    }

    [Fact]
    public void Cast_SurfaceInTheCutPlane_IsOnNeitherSide()
    {
        CutPlane[] cuts = [new CutPlane(default, new Vector3D(0, 0, 1), default, 0)];
        var scene = new SceneSnapshot([SceneSetup.Instance(_square)], [.. cuts]);

        Assert.Single(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.1, 0.2, 3), new Vector3D(0.1, 0.2, -1))));
        Assert.Single(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.1, 0.2, -1), new Vector3D(0.1, 0.2, 3))));
    }

    [Fact]
    public void Cast_ManyEqualTriangles_AnswersWithTheFirst()
    {
        const int Count = 100_000;
        SceneSnapshot scene = SceneSetup.Scene(SceneSetup.Instance(SceneSetup.Mesh(
            [new Vector3(-1, -1, 0), new Vector3(1, -1, 0), new Vector3(0, 1, 0)],
            [.. Enumerable.Repeat<int[]>([0, 1, 2], Count).SelectMany(static triangle => triangle)])));
        var query = new RayQuery(new Vector3D(0.1, 0.1, 1), new Vector3D(0.1, 0.1, -1), RayPolicy.All);

        Assert.Equal(Enumerable.Range(0, 256), RayCaster.Cast(scene, query).Select(static hit => hit.Triangle));
        Assert.Equal(0, Assert.Single(RayCaster.Cast(scene, query.With(RayPolicy.Closest))).Triangle);
    }

    [Fact]
    public void Cast_DegenerateTriangles_AreNotHit()
    {
        SceneSnapshot scene = SceneSetup.Scene(
            SceneSetup.Instance(SceneSetup.Mesh([Vector3.Zero, Vector3.UnitX, new Vector3(2, 0, 0)], 0, 1, 2, 0, 0, 0, 1, 1, 2)));

        Assert.Empty(RayCaster.Cast(scene, new RayQuery(new Vector3D(0.5, 0, 1), new Vector3D(0.5, 0, -1), RayPolicy.All)));
        Assert.Empty(RayCaster.Cast(scene, new RayQuery(new Vector3D(-1, 0, 0), new Vector3D(3, 0, 0), RayPolicy.All)));
    }

    [Fact]
    public void Cast_Cancelled_Throws()
        => Assert.ThrowsAny<OperationCanceledException>(() => RayCaster.Cast(
            SceneSetup.Scene(SceneSetup.Instance(_square)), new RayQuery(new Vector3D(0, 0, 1), new Vector3D(0, 0, -1)),
            new CancellationToken(canceled: true)));

    /// <summary>All triangles one by one, in world space, by another test than the one under test (Möller, Trumbore).</summary>
    private static List<(double Distance, int Triangle)> Scan(TriangleMesh mesh, Placement place, RayQuery query)
    {
        List<(double, int)> hits = [];
        Vector3D way = query.End - query.Start;
        for (int i = 0; i < mesh.TriangleCount; i++)
        {
            Vector3D a = place.TransformPoint(mesh.Positions[mesh.Indices[3 * i]]);
            Vector3D ab = place.TransformPoint(mesh.Positions[mesh.Indices[(3 * i) + 1]]) - a;
            Vector3D ac = place.TransformPoint(mesh.Positions[mesh.Indices[(3 * i) + 2]]) - a;
            Vector3D p = Vector3D.Cross(way, ac);
            double determinant = Vector3D.Dot(ab, p);
            Vector3D s = query.Start - a;
            Vector3D q = Vector3D.Cross(s, ab);
            double u = Vector3D.Dot(s, p) / determinant;
            double v = Vector3D.Dot(way, q) / determinant;
            double t = Vector3D.Dot(ac, q) / determinant;
            if (u >= 0 && v >= 0 && u + v <= 1 && t is >= 0 and <= 1)
            {
                hits.Add((t * way.Length, i));
            }
        }

        hits.Sort();
        return hits;
    }
}
