using System.Diagnostics;
using System.Numerics;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class RayCastFigure : Figure
{
    private const int Rays = 1_024;
    private const string Scan = "every triangle";
    private const string Tree = "ray cast";

    public override string Name => "ray-cast";

    public override string Meaning
        => "nearest hit of a ray with a torus knot of 1,000,000 triangles, against a scan of all of them with the same test";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        TriangleMesh mesh = FormulaMeshes.TorusKnot(2, 3, 0.16, 5_000, 100);
        Bvh.OverTriangles(mesh.Positions, mesh.Indices, CancellationToken.None);
        long start = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        Bvh bvh = mesh.BuildBvh(CancellationToken.None);
        processor = Environment.CpuUsage.TotalTime - processor;
        TimeSpan built = Stopwatch.GetElapsedTime(start);
        var scene = new SceneSnapshot([new MeshInstance(1, ModelBuilder.Mesh(mesh), Placement.Identity, null, collides: true)], []);
        RayQuery[] rays = MakeRays();
        int hits = rays.Count(ray => RayCaster.Cast(scene, ray).Count > 0);
        bool isSame = rays.Take(64)
            .All(ray => RayCaster.Cast(scene, ray).Select(static hit => hit.Triangle).FirstOrDefault(-1) == ScanAll(mesh, ray));
        Console.WriteLine(FormattableString.Invariant(
            $"  {mesh.TriangleCount:N0} triangles, {hits} of {Rays} rays hit; tree built in {built.TotalMilliseconds:0} ms with {processor.TotalMilliseconds:0} ms of processor time"));

        int next = 0;
        long sum = 0;
        ContestResult result = await new Contest { Duration = TimeSpan.FromSeconds(6) }
            .Add(Scan, count =>
            {
                for (int i = 0; i < count; i++)
                {
                    sum += ScanAll(mesh, rays[next++ % Rays]);
                }

                return Task.CompletedTask;
            })
            .Add(Tree, count =>
            {
                for (int i = 0; i < count; i++)
                {
                    sum += RayCaster.Cast(scene, rays[next++ % Rays]).Count;
                }

                return Task.CompletedTask;
            })
            .RunAsync();
        GC.KeepAlive(sum);

        double[] each = MeasureEach(scene, rays);
        Console.WriteLine(FormattableString.Invariant(
            $"  one by one: median {Statistics.Median(each):0.0} us, 99th percentile {Statistics.Percentile(each, 0.99):0.0} us"));
        return
        [
            FigurePart.AtMost(Statistics.Median(each), " us", 50, "0.0"),
            FigurePart.Unbounded(1 / result.TimeRatio(Tree, Scan), "x as fast as a scan", "N0"),
            FigurePart.Rule("same triangles", isSame),
            FigurePart.Unbounded(processor.TotalMilliseconds, " ms to build the tree", "0"),
            FigurePart.Unbounded((double)bvh.ByteSize / mesh.TriangleCount, " B of it for a triangle", "0.0"),
        ];
    }

    /// <summary>From around the knot to somewhere in it, and on.</summary>
    private static RayQuery[] MakeRays()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rays).Select(_ =>
        {
            Vector3D start = Somewhere().Normalized() * 3;
            Vector3D aim = Somewhere() * 0.8;
            return new RayQuery(start, start + ((aim - start) * 2));
        })];

        Vector3D Somewhere() => new((2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1, random.NextDouble() - 0.5);
    }

    private static int ScanAll(TriangleMesh mesh, RayQuery ray)
    {
        var test = new TriangleRay(ray.Start, ray.End - ray.Start);
        Vector3[] positions = mesh.Positions;
        int[] indices = mesh.Indices;
        double nearest = 1;
        int found = -1;
        for (int i = 0; i < indices.Length; i += 3)
        {
            if (test.Meets(positions[indices[i]], positions[indices[i + 1]], positions[indices[i + 2]], out TriangleHit hit) && hit.T >= 0
                && hit.T < nearest)
            {
                nearest = hit.T;
                found = i / 3;
            }
        }

        return found;
    }

    private static double[] MeasureEach(SceneSnapshot scene, RayQuery[] rays)
    {
        double[] times = new double[16 * Rays];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            RayCaster.Cast(scene, rays[i % Rays]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return times;
    }
}
