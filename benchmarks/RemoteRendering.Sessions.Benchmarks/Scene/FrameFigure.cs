using System.Diagnostics;
using System.Numerics;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class FrameFigure : Figure
{
    private const int Width = 1_280;
    private const int Height = 720;
    private const int Frames = 41;

    public override string Name => "frame";

    public override string Meaning
        => "a picture of 1280 x 720 of a lit torus knot of 100,000 triangles on one thread, and its PNG; processor time, median of 41";

    public override Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        var material = new SceneMaterial { Name = "Blue", BaseColor = new Vector4(0.2f, 0.4f, 0.8f, 1) };
        TriangleMesh mesh = FormulaMeshes.TorusKnot(2, 3, 0.16, 1_000, 50, material);
        var scene = new SceneSnapshot([new MeshInstance(1, ModelBuilder.Mesh(mesh), Placement.Identity, null, collides: true)], []);
        var camera = new CameraPose(new Vector3D(0, 0, 2.6), Quaternion.Identity, 45, 0.1, 100);
        var renderer = new Rasterizer(threads: 1);
        byte[] picture = [];
        byte[] png = [];
        for (int i = 0; i < 20; i++)
        {
            picture = renderer.Render(scene, camera, Width, Height);
            png = PngEncoder.Encode(picture, Width, Height);
        }

        List<double> frames = [];
        List<double> encodings = [];
        List<double> elapsed = [];
        for (int i = 0; i < Frames; i++)
        {
            long start = Stopwatch.GetTimestamp();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            picture = renderer.Render(scene, camera, Width, Height);
            TimeSpan between = Environment.CpuUsage.TotalTime;
            elapsed.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            png = PngEncoder.Encode(picture, Width, Height);
            frames.Add((between - before).TotalMilliseconds);
            encodings.Add((Environment.CpuUsage.TotalTime - between).TotalMilliseconds);
        }

        string path = Path.Combine(Path.GetTempPath(), "rrs-figure-frame.png");
        File.WriteAllBytes(path, png);
        Console.WriteLine(FormattableString.Invariant(
            $"  {mesh.TriangleCount:N0} triangles; on the wall's clock median {Statistics.Median(elapsed):0.0} ms, least {elapsed.Min():0.0} ms; {png.Length:N0} B of PNG, to be looked at in {path}"));
        return Task.FromResult<IReadOnlyList<FigurePart>>(
        [
            FigurePart.AtMost(Statistics.Median(frames), " ms", 100, "0.0"),
            FigurePart.Unbounded(Statistics.Median(encodings), " ms for the PNG", "0.0"),
            FigurePart.Unbounded(
                Statistics.Median(frames.Zip(encodings, static (frame, encoding) => frame + encoding)), " ms together", "0.0"),
            FigurePart.Unbounded(elapsed.Min(), " ms elapsed at least", "0.0"),
        ]);
    }
}
