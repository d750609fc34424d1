using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Models;

/// <summary>
/// Models from formulas, as the tools of nine makers wrote them (<c>.ci/models/make</c>). Their bounds follow from the formulas;
/// <c>models.json</c> also has what the Khronos validator says of each file.
/// </summary>
public class MakerModelTests
{
    private const string Folder = "Scene/Models";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (JsonElement model in ReadList())
        {
            files.Add(model.GetProperty("file").GetString()!);
        }

        return files;
    }

    [Fact]
    public void Corpus_OfAtLeastEightMakers_AllOfItListed()
    {
        string[] files = [.. ReadList().Select(model => model.GetProperty("file").GetString()!)];

        Assert.True(files.Select(file => file.Split('-')[0]).Distinct().Count() >= 8);
        Assert.Equal(
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, Folder)).Select(Path.GetFileName)
                .Where(file => Path.GetExtension(file) is ".glb" or ".gltf").Order(),
            files.Order());
        Assert.Equal(
            ["bend", "earth", "field", "leaning", "painted", "swell", "tower"],
            ReadList().Select(model => model.GetProperty("model").GetString()!).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Load_FileOfAMaker_StandsWhereTheFormulaSaysOrNamesItsExtension(string file)
    {
        JsonElement expected = ReadList().Single(model => model.GetProperty("file").GetString() == file);
        Assert.Empty(expected.GetProperty("errors").EnumerateArray());
        string[] required = [.. expected.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
        SceneModel model;
        try
        {
            model = await LoadAsync(file);
        }
        catch (SceneException refused)
        {
            Assert.Equal(SceneErrorCode.InvalidVersion, refused.Code);
            Assert.Contains(
                required, name
                    => name is "KHR_draco_mesh_compression" or "EXT_meshopt_compression"
                        && refused.Message.Contains($"'{name}'", StringComparison.Ordinal));
            return;
        }

        Assert.DoesNotContain(required, name => name.EndsWith("compression", StringComparison.Ordinal));
        Box3D box = SmallFileTests.BoundsOf(model);
        Vector3D min = Read(expected.GetProperty("min"));
        Vector3D max = Read(expected.GetProperty("max"));
        double tolerance = expected.TryGetProperty("tolerance", out JsonElement given) ? given.GetDouble() : 1e-6 * (max - min).Length;
        Assert.InRange((box.Min - min).Length, 0, tolerance);
        Assert.InRange((box.Max - max).Length, 0, tolerance);
        CheckWarnings(expected, model);
    }

    [Fact]
    public void Corpus_WhatToolsChange_IsExplained()
    {
        foreach (JsonElement model in ReadList())
        {
            Assert.Equal(
                model.TryGetProperty("tolerance", out _) || model.GetProperty("file").GetString() == "assimp-swell.glb",
                model.TryGetProperty("change", out _));
        }
    }

    private static void CheckWarnings(JsonElement expected, SceneModel model)
    {
        string[] codes = [.. model.Warnings.Select(warning => warning.Code).Distinct()];
        string kind = expected.GetProperty("model").GetString()!;
        Assert.Equal(kind == "bend", codes.Contains("poseFixed"));
        Assert.Equal(
            expected.GetProperty("file").GetString()!.Contains("webp", StringComparison.Ordinal), codes.Contains("pictureIgnored"));
        if (kind == "painted" && !codes.Contains("pictureIgnored"))
        {
            Assert.Contains(
                model.Nodes, node
                    => node.Mesh?.Triangles.Parts.Any(part => part.Material.BaseColorTexture is { Width: 16, Height: 16 }) == true);
        }
    }

    internal static Task<SceneModel> LoadAsync(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, Folder, file);
        return GltfLoader.LoadAsync(
            new SceneModelFile(
                File.ReadAllBytes(path), file, "root", (name, token) =>
                    File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(name)), token)),
            GltfLoaderTests.Limits(), _ => { }, Token);
    }

    internal static JsonElement[] ReadList()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Folder, "models.json")));
        return [.. document.RootElement.EnumerateArray().Select(model => model.Clone())];
    }

    private static Vector3D Read(JsonElement point) => new(point[0].GetDouble(), point[1].GetDouble(), point[2].GetDouble());
}
