using System.Text.Json;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Models;

/// <summary>
/// Files of other people beside what three.js says of them: a folder that <c>RRS_MODELS</c> names, with a line of <c>truth.jsonl</c> for
/// each file (the tree in breadth-first order, triangles, bounds, rays). Differences that are meant are in the table of the software
/// renderer's README.md.
/// </summary>
public class RealModelTests
{
    private const double Tolerance = 1e-6;

    private static string? Folder => Environment.GetEnvironmentVariable("RRS_MODELS") is { Length: > 0 } folder ? folder : null;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (string line in Folder is null ? [] : File.ReadLines(Path.Combine(Folder, "truth.jsonl")))
        {
            using JsonDocument truth = JsonDocument.Parse(line);
            files.Add(truth.RootElement.GetProperty("file").GetString()!);
        }

        if (files.Count == 0)
        {
            files.Add(string.Empty);
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Load_RealFile_AgreesWithThreeJs(string file)
    {
        Assert.SkipWhen(file.Length == 0, "RRS_MODELS names no folder.");
        string line = File.ReadLines(Path.Combine(Folder!, "truth.jsonl"))
            .Single(line => line.Contains(JsonSerializer.Serialize(file), StringComparison.Ordinal));
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement truth = document.RootElement;
        await using LoopbackScene scene = await LoopbackScene.StartAsync();

        LoadModelResult model =
            await scene.Connection.LoadModelAsync(LoadModelOptions.FromPath(Path.Combine(Folder!, file)), cancellationToken: Token);

        CheckTree(truth, model);
        Bounds bounds = (await model.Root.QueryWorldBoundsAsync(Token))!.Value;
        double size = bounds.Size.Length;
        JsonElement expected = truth.GetProperty("bounds");
        Assert.InRange((bounds.Min - Read(expected.GetProperty("min"))).Length, 0, Tolerance * size);
        Assert.InRange((bounds.Max - Read(expected.GetProperty("max"))).Length, 0, Tolerance * size);
        foreach (JsonElement ray in truth.GetProperty("rays").EnumerateArray())
        {
            await CheckRayAsync(scene.Connection, ray, model, size, hasNormals: !file.Contains("gpu_instancing", StringComparison.Ordinal));
        }
    }

    private static void CheckTree(JsonElement truth, LoadModelResult model)
    {
        JsonElement tree = truth.GetProperty("tree");
        Assert.Equal(tree.GetArrayLength(), model.Entities.Count - 1);
        long triangles = 0;
        for (int i = 0; i < tree.GetArrayLength(); i++)
        {
            Entity entity = model.Entities[i + 1];
            Assert.Equal(tree[i].GetProperty("name").GetString(), entity.Name);
            Assert.Same(model.Entities[tree[i].GetProperty("parent").GetInt32() + 1], entity.Parent);
            MeshComponent? mesh = entity.FindComponentOfType<MeshComponent>();
            Assert.Equal(tree[i].GetProperty("mesh").GetInt32() >= 0, mesh is not null);
            triangles += mesh?.Parts.Sum(part => part.Primitives) ?? 0;
        }

        Assert.Equal(truth.GetProperty("triangles").GetInt64(), triangles);
    }

    private static async Task CheckRayAsync(
        RenderingConnection connection, JsonElement ray, LoadModelResult model, double size, bool hasNormals)
    {
        var cast = new RayCast(
            Read(ray.GetProperty("o")), Read(ray.GetProperty("d")), ray.GetProperty("far").GetDouble(), HitCollectionPolicy.ClosestHits,
            16);
        IReadOnlyList<RayCastHit> hits = (await connection.RayCastQueryAsync(cast, Token)).Hits;
        JsonElement expected = ray.GetProperty("hit");
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Empty(hits);
            return;
        }

        // Where two surfaces coincide, either is right.
        double distance = expected.GetProperty("dist").GetDouble();
        Assert.InRange(Math.Abs(hits[0].DistanceToHit - distance), 0, Tolerance * size);
        Entity node = model.Entities[expected.GetProperty("node").GetInt32() + 1];
        RayCastHit[] near = [.. hits.Where(hit => hit.HitEntity == node && Math.Abs(hit.DistanceToHit - distance) <= Tolerance * size)];
        Assert.Contains(near, hit =>
            (hit.HitPosition - Read(expected.GetProperty("p"))).Length <= Tolerance * size
                && (!hasNormals || (hit.HitNormal - Read(expected.GetProperty("nrm"))).Length <= 1e-3));
    }

    private static Double3 Read(JsonElement point) => new(point[0].GetDouble(), point[1].GetDouble(), point[2].GetDouble());
}
