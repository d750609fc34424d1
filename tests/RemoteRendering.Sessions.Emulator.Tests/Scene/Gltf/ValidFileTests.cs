using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Models;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Host.SoftwareRenderer;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;
using RemoteRendering.Sessions.Protocol.Scene;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;

/// <summary>Files that are valid and unusual: they load, with a warning where something is left out.</summary>
public class ValidFileTests
{
    [Fact]
    public async Task Load_DeepExtras_LeftOutWithAWarning()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        JsonNode extras = new JsonObject();
        for (int i = 0; i < 200; i++)
        {
            extras = new JsonObject { ["in"] = extras };
        }

        glb.List("nodes")[0]!["extras"] = extras;

        SceneModel model = await GltfLoaderTests.LoadAsync(WithDepth(glb));

        Assert.True(model.Nodes[1].Metadata.IsEmpty);
        Assert.Equal(("metadataIgnored", "node 0 'Cube'"), (Assert.Single(model.Warnings).Code, model.Warnings[0].Place));
    }

    [Fact]
    public async Task Load_ManyPrimitivesInAMesh_AllOfThem()
    {
        const int Count = 5_000;
        var glb = new GlbBuilder();
        int position = glb.AddFloats("VEC3", 0, 0, 0, 1, 0, 0, 0, 1, 0);
        glb.AddMesh(
            [.. Enumerable.Range(0, Count).Select(_ => new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = position } })]);
        glb.AddNode(new JsonObject { ["mesh"] = 0, ["name"] = "Many" });
        await using LoopbackScene scene = await LoopbackScene.StartAsync();

        LoadModelResult model = await scene.Connection.LoadModelAsync(
            new LoadModelOptions(new MemoryStream(glb.ToGlb()), "many.glb"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Count, model.Entities[1].FindComponentOfType<MeshComponent>()!.Parts.Count);
        Assert.Equal(Count, model.Primitives);
    }

    [Fact]
    public async Task Load_WhatNothingUsesIsBroken_Loads()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        glb.List("bufferViews").Add(new JsonObject { ["buffer"] = 0, ["byteOffset"] = 1_000_000, ["byteLength"] = 4 });
        glb.List("accessors").Add(new JsonObject { ["bufferView"] = 2, ["componentType"] = 5126, ["count"] = 1, ["type"] = "SCALAR" });
        glb.AddMesh(new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = 2 } });

        Assert.Equal(12, (await GltfLoaderTests.LoadAsync(glb)).Primitives);
    }

    [Fact]
    public async Task Load_EverythingThatIsNotDrawn_IsWarnedOf()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        int position = glb.AddFloats("VEC3", 0, 0, 0, 1, 0, 0);
        glb.AddMesh(
            new JsonObject { ["mode"] = 1, ["attributes"] = new JsonObject { ["POSITION"] = position } },
            new JsonObject { ["attributes"] = new JsonObject() });
        glb.AddNode(new JsonObject { ["name"] = new string('n', 300), ["mesh"] = 1, ["camera"] = 0 });
        glb.Json["cameras"] = new JsonArray(new JsonObject());
        glb.Json["animations"] = new JsonArray(new JsonObject());
        glb.List("scenes").Add(new JsonObject());
        glb.Json["extensionsUsed"] = new JsonArray("KHR_lights_punctual", "KHR_texture_transform");
        glb.Json["extensionsRequired"] = new JsonArray("KHR_texture_basisu", "KHR_materials_pbrSpecularGlossiness");
        glb.Json["textures"] = new JsonArray(JsonNode.Parse("""{"extensions":{"KHR_texture_basisu":{"source":0}}}"""));
        glb.Json["materials"] = new JsonArray(
            JsonNode.Parse(
                """{"name":"A","normalTexture":{"index":0},"emissiveFactor":[1,0,"""
                    + """0],"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}"""),
            JsonNode.Parse("""{"name":"B","extensions":{"KHR_materials_pbrSpecularGlossiness":{"diffuseFactor":[0.5,0.25,0,1]}}}"""));
        glb.List("meshes")[0]!["primitives"]![0]!["material"] = 1;

        SceneModel model = await GltfLoaderTests.LoadAsync(glb);

        Assert.Equal(
            [
                "extensionIgnored extension 'KHR_lights_punctual'", "pictureIgnored texture 0", "appearanceSimplified material 0 'A'",
                "notDrawn mesh 1", "animationsIgnored animations",
                "camerasIgnored cameras", "scenesIgnored scene 0", "primitiveIgnored mesh 1, primitives[1]", "nameShortened node 1",
            ],
            model.Warnings.Select(warning => $"{warning.Code} {warning.Place}"));
        Assert.Equal(new Vector4(0.5f, 0.25f, 0, 1), model.Nodes[1].Mesh!.Triangles.Parts[0].Material.BaseColor);
    }

    [Fact]
    public async Task Load_ManyOfAKind_FirstAreNamedAndTheRestCounted()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        for (int i = 0; i < 20; i++)
        {
            glb.AddNode(new JsonObject { ["matrix"] = new JsonArray(1, 0, 0, 0, 0.5, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1) });
        }

        IReadOnlyList<SceneModelWarning> warnings = (await GltfLoaderTests.LoadAsync(glb)).Warnings;

        Assert.Equal(9, warnings.Count);
        Assert.Equal("12 more places", warnings[^1].Place);
    }

    [Theory]
    [InlineData(9_728, false)]
    [InlineData(9_729, false)]
    [InlineData(9_984, true)]
    [InlineData(9_987, true)]
    [InlineData(null, true)]
    public async Task Load_MinFilter_SaysWhetherSmallerSizesAreUsed(int? filter, bool expected)
    {
        GlbBuilder glb = GlbBuilder.Cube();
        glb.Json["samplers"] = new JsonArray(filter is null ? new JsonObject() : new JsonObject { ["minFilter"] = filter });
        glb.Json["images"] = new JsonArray(new JsonObject { ["bufferView"] = glb.AddView(Png(1, 1, 0)) });
        glb.Json["textures"] = new JsonArray(new JsonObject { ["source"] = 0, ["sampler"] = 0 });
        glb.Json["materials"] = new JsonArray(JsonNode.Parse("""{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}"""));
        glb.List("meshes")[0]!["primitives"]![0]!["material"] = 0;

        Assert.Equal(expected, (await GltfLoaderTests.LoadAsync(glb)).Nodes[1].Mesh!.Triangles.Parts[0].Material.HasMipmaps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public async Task Load_PngWithSurplusPixelData_Loads(int surplus)
    {
        GlbBuilder glb = GlbBuilder.Cube();
        glb.Json["images"] = new JsonArray(
            new JsonObject { ["bufferView"] = glb.AddView([.. Png(2, 2, surplus), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]) });
        glb.Json["textures"] = new JsonArray(new JsonObject { ["source"] = 0 });
        glb.Json["materials"] = new JsonArray(JsonNode.Parse("""{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}"""));
        glb.List("meshes")[0]!["primitives"]![0]!["material"] = 0;

        SceneModel model = await GltfLoaderTests.LoadAsync(glb);

        Assert.Equal(16, model.Nodes[1].Mesh!.Triangles.Parts[0].Material.BaseColorTexture!.Rgba.Length);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task Load_SkinnedNodeOfScaleZero_MeshStandsAllTheSame()
    {
        JsonNode text =
            JsonNode.Parse(await File.ReadAllBytesAsync(SmallFileTests.PathOf("skin-node-moved"), TestContext.Current.CancellationToken))!;
        JsonNode node = text["nodes"]!.AsArray().Single(node => node!["skin"] is not null)!;
        node["scale"] = new JsonArray(0, 1, 1);

        SceneModel model = await GltfLoaderTests.LoadAsync(Encoding.UTF8.GetBytes(text.ToJsonString()));

        Box3D box = SmallFileTests.BoundsOf(model);
        Assert.Equal((new Vector3D(5, 0, 0), new Vector3D(6, 1, 0)), (box.Min, box.Max));
        Assert.Contains(model.Warnings, warning => warning.Code == "transformChanged");
    }

    [Fact]
    public async Task Load_FarFromTheOrigin_RotationsKeepDoublePrecision()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        double half = 0.3;
        JsonNode cube = glb.List("nodes")[0]!;
        cube["translation"] = new JsonArray(6e6, 0, 0);
        glb.Json["scenes"]![0]!["nodes"]!.AsArray().Clear();
        glb.AddNode(new JsonObject { ["rotation"] = new JsonArray(0, 0, Math.Sin(half), Math.Cos(half)), ["children"] = new JsonArray(0) });

        Box3D box = SmallFileTests.BoundsOf(await GltfLoaderTests.LoadAsync(glb));

        Assert.InRange((box.Center - new Vector3D(6e6 * Math.Cos(2 * half), 6e6 * Math.Sin(2 * half), 0)).Length, 0, 1e-6);
    }

    [Fact]
    public async Task Instances_OfOneEntity_AreHitFoundAndCounted()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        int places = glb.AddFloats("VEC3", 0, 0, 0, 10, 0, 0, 20, 0, 0);
        int scales = glb.AddFloats("VEC3", 1, 1, 1, 2, 2, 2, 3, 3, 3);
        glb.List("nodes")[0]!["extensions"] = Instancing(new JsonObject { ["TRANSLATION"] = places, ["SCALE"] = scales, ["_ID"] = 0 });
        glb.Json["extensionsRequired"] = new JsonArray("EXT_mesh_gpu_instancing");
        var graph = new SceneGraph();

        SceneModel model = await GltfLoaderTests.LoadAsync(glb);
        Assert.Equal(SceneErrorCode.None, graph.Attach(model, 0, out uint root));
        SceneSnapshot scene = SnapshotBuilder.Build(graph);

        Assert.Equal((2, 36, 36), (model.Nodes.Count, model.Primitives, graph.Primitives));
        Box3D box = SubtreeBounds.Measure(graph.Find(root)!, inWorld: true, new SoftwareSceneRenderer());
        Assert.Equal((new Vector3D(9, 17, 27), new Vector3D(33, 23, 33)), (box.Min, box.Max));
        RayHit hit =
            Assert.Single(RayCaster.Cast(scene, new RayQuery(new Vector3D(30, 20, 100), new Vector3D(30, 20, 0), RayPolicy.Closest, 1)));
        Assert.Equal((root + 1, 67), (hit.Entity, hit.Distance));
        Assert.Equal([root + 1], VolumeSearch.Box(scene, box, 16));
        Assert.Equal(SceneErrorCode.None, graph.Destroy(root));
        Assert.Equal(0, graph.Primitives);
    }

    [Fact]
    public async Task Instances_MoreThanTheSessionTakes_Refused()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        int places = glb.AddFloats("VEC3", new float[3 * 1_000]);
        glb.List("nodes")[0]!["extensions"] = Instancing(new JsonObject { ["TRANSLATION"] = places });

        SceneException refused = await Assert.ThrowsAsync<SceneException>(
            () => GltfLoaderTests.LoadAsync(glb.ToGlb(), GltfLoaderTests.Limits(primitives: 11_999)));
        Assert.Equal(SceneErrorCode.ExceedsMemoryLimit, refused.Code);

        glb.List("accessors")[places]!.AsObject().Remove("bufferView");
        glb.List("accessors")[places]!["count"] = 2_000_000;
        refused = await Assert.ThrowsAsync<SceneException>(
            () => GltfLoaderTests.LoadAsync(glb.ToGlb(), GltfLoaderTests.Limits(primitives: null)));
        Assert.Equal(SceneErrorCode.LimitReached, refused.Code);
    }

    private static JsonObject Instancing(JsonObject attributes)
        => new() { ["EXT_mesh_gpu_instancing"] = new JsonObject { ["attributes"] = attributes } };

    /// <summary>The writer of JSON nodes stops at 64 levels.</summary>
    private static byte[] WithDepth(GlbBuilder glb)
    {
        JsonNode extras = glb.List("nodes")[0]!["extras"]!;
        glb.List("nodes")[0]!["extras"] = "DEEP";
        var open = new StringBuilder();
        int levels = 0;
        for (JsonNode? node = extras; node is JsonObject { Count: > 0 } inner; node = inner["in"])
        {
            open.Append("{\"in\":");
            levels++;
        }

        string text = glb.Text("data:;base64," + Convert.ToBase64String(glb.Binary));
        return Encoding.UTF8.GetBytes(text.Replace("\"DEEP\"", open + "{}" + new string('}', levels), StringComparison.Ordinal));
    }

    private static byte[] Png(int width, int height, int surplus)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[(((3 * width) + 1) * height) + surplus]);
        }

        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
    }
}
