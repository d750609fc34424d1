using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

public class SceneQueryTests
{
    private const uint FirstHostId = 0x8000_0000;

    [Fact]
    public async Task Bind_HostWithScenes_NamesTheFeature()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        Assert.Contains("scene", scene.Bound.GetProperty("features").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task LoadModel_Builtin_ListedRootFirst()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        JsonElement loaded = await scene.CallAsync("loadModel", """{"uri":"builtin://Engine"}""");
        JsonElement page = await scene.CallAsync("listEntities", $$"""{"root":{{FirstHostId}}}""");

        Assert.Equal(FirstHostId, loaded.GetProperty("root").GetUInt32());
        JsonElement[] entities = [.. page.GetProperty("entities").EnumerateArray()];
        Assert.Equal(loaded.GetProperty("entities").GetInt32(), entities.Length);
        Assert.Equal(FirstHostId, entities[0].GetProperty("id").GetUInt32());
        Assert.Equal(0u, entities[0].GetProperty("parent").GetUInt32());
        Assert.Contains(entities, entity => entity.TryGetProperty("name", out JsonElement name) && name.GetString() == "Propeller");
        Assert.Equal(
            loaded.GetProperty("primitives").GetInt64(),
            entities.Sum(entity => entity.TryGetProperty("mesh", out JsonElement mesh) ? mesh.GetProperty("primitives").GetInt64() : 0));
        Assert.All(
            entities.Skip(1), entity
                => Assert.InRange(entity.GetProperty("parent").GetUInt32(), FirstHostId, entity.GetProperty("id").GetUInt32() - 1));
        Assert.Equal(1, scene.Progress[^1]);
    }

    [Fact]
    public async Task ListEntities_Pages_AllOnce()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        uint root = await scene.LoadAsync("Engine");
        var ids = new List<uint>();
        uint? after = 0;
        while (after is { } known)
        {
            JsonElement page = (await scene.CallAsync("listEntities", $$"""{"root":{{root}},"after":{{known}}}"""));
            ids.AddRange(page.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("id").GetUInt32()));
            after = page.TryGetProperty("next", out JsonElement next) ? next.GetUInt32() : null;
        }

        Assert.Equal(ids.Order().Distinct(), ids);
    }

    [Fact]
    public async Task QueryBounds_MovedBox_ByFormula()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.ApplyAsync(new BatchBuilder().Create(1).Position(1, 1e6, 0, 0).Scale(1, 2, 2, 2));
        uint root = await scene.LoadAsync("Box", parent: 1);
        await scene.ApplyAsync(new BatchBuilder().Position(root, 1, 2, 3));

        JsonElement world = await scene.CallAsync("queryBounds", $$"""{"entity":{{root}},"space":"world"}""");
        JsonElement local = await scene.CallAsync("queryBounds", $$"""{"entity":{{root}},"space":"local"}""");
        JsonElement none = await scene.CallAsync("queryBounds", $$"""{"entity":{{await NewEntityAsync(scene)}},"space":"world"}""");

        Assert.Equal("[1000001,3,5]", world.GetProperty("min").GetRawText());
        Assert.Equal("[1000003,5,7]", world.GetProperty("max").GetRawText());
        Assert.Equal("[-0.5,-0.5,-0.5]", local.GetProperty("min").GetRawText());
        Assert.Equal("{}", none.GetRawText());
    }

    [Fact]
    public async Task RayCast_Sphere_WhereTheFormulaSays()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        uint root = await scene.LoadAsync("Box");

        JsonElement hits =
            (
                await scene.CallAsync(
                    "rayCast", """{"start":[0.1,0.2,5],"end":[0.1,0.2,-5],"policy":"all","maxHits":10}""")).GetProperty("hits");

        Assert.Equal(2, hits.GetArrayLength());
        JsonElement first = hits[0];
        Assert.Equal(root + 1, first.GetProperty("entity").GetUInt32());
        Assert.Equal(4.5, first.GetProperty("distance").GetDouble(), 9);
        Assert.Equal("[0,0,1]", first.GetProperty("normal").GetRawText());
        Assert.Equal("front", first.GetProperty("face").GetString());
        Assert.Equal("back", hits[1].GetProperty("face").GetString());
        Assert.Equal(0.5, first.GetProperty("position")[2].GetDouble(), 9);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("hidden")]
    [InlineData("noCollision")]
    [InlineData("cut")]
    [InlineData("destroyed")]
    public async Task RayCast_WhatIsNotThere_NotHit(string how)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.ApplyAsync(new BatchBuilder().Create(1).Create(2));
        await scene.LoadAsync("Box", parent: 1);
        var batch = new BatchBuilder();
        _ = how switch
        {
            "disabled" => batch.Enable(1, false),
            "hidden" => batch.Override(1, on: 1),
            "noCollision" => batch.Override(1, on: 16),
            "cut" => batch.Position(2, 0, 0, -1).Cut(2, normal: 4),
            _ => batch.Destroy(1),
        };
        Assert.Equal(1, await CountHitsAsync(scene));
        await scene.ApplyAsync(batch);

        Assert.Equal(0, await CountHitsAsync(scene));
    }

    [Fact]
    public async Task StateOverride_ChildForcesOff_SeenAgain()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.ApplyAsync(new BatchBuilder().Create(1).Override(1, on: 1).Create(2, 1));
        await scene.LoadAsync("Box", parent: 2);
        Assert.Equal(0, await CountHitsAsync(scene));

        await scene.ApplyAsync(new BatchBuilder().Override(2, on: 0, off: 1));
        Assert.Equal(1, await CountHitsAsync(scene));
        await scene.ApplyAsync(new BatchBuilder().NoOverride(2));
        Assert.Equal(0, await CountHitsAsync(scene));
        await scene.ApplyAsync(new BatchBuilder().NoOverride(1));
        Assert.Equal(1, await CountHitsAsync(scene));
    }

    [Fact]
    public async Task SpatialQuery_ThreeForms_FindTheBox()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        uint root = await scene.LoadAsync("Box");
        string found = $$"""{"entities":[{{root + 1}}]}""";

        Assert.Equal(
            found, (await scene.CallAsync("spatialQuery", """{"box":{"min":[0.4,0.4,0.4],"max":[2,2,2]},"maxResults":10}""")).GetRawText());
        Assert.Equal(
            """{"entities":[]}""",
            (await scene.CallAsync("spatialQuery", """{"box":{"min":[0.6,0.4,0.4],"max":[2,2,2]},"maxResults":10}""")).GetRawText());
        Assert.Equal(
            found, (await scene.CallAsync("spatialQuery", """{"sphere":{"center":[1,0,0],"radius":0.51},"maxResults":10}""")).GetRawText());
        Assert.Equal(
            """{"entities":[]}""",
            (await scene.CallAsync("spatialQuery", """{"sphere":{"center":[1,0,0],"radius":0.49},"maxResults":10}""")).GetRawText());
        Assert.Equal(
            found,
            (
                await scene.CallAsync(
                    "spatialQuery",
                    """{"orientedBox":{"center":[1,0,0],"halfExtents":[0.51,0.1,0.1],"rotation":[0,0,0,"""
                        + """1]},"maxResults":10}""")).GetRawText());
    }

    [Fact]
    public async Task QueryMetadata_Builtin_AsTheModelSays()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        uint root = await scene.LoadAsync("Engine");

        Assert.Equal(
            """{"metadata":{"kind":"radial engine","cylinders":7}}""",
            (await scene.CallAsync("queryMetadata", $$"""{"entity":{{root}}}""")).GetRawText());
        Assert.Equal("""{"metadata":{}}""", (await scene.CallAsync("queryMetadata", $$"""{"entity":{{root + 1}}}""")).GetRawText());
    }

    [Fact]
    public async Task Performance_Asked_MeasuredNumbersInRange()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        JsonElement answer = await scene.CallAsync("performance");

        Assert.InRange(answer.GetProperty("memoryCpu").GetDouble(), 0.0001, 100);
        Assert.False(answer.TryGetProperty("timeGpu", out _));
    }

    [Theory]
    [InlineData(-32602, "loadModel", "{}")]
    [InlineData(-32602, "loadModel", "[]")]
    [InlineData(-32602, "loadModel", """{"uri":"builtin://Engine","upload":1}""")]
    [InlineData(-32602, "loadModel", """{"uri":7}""")]
    [InlineData(309, "loadModel", """{"uri":"engine.glb"}""")]
    [InlineData(309, "loadModel", """{"uri":"file:///etc/passwd"}""")]
    [InlineData(309, "loadModel", """{"uri":"http://example.org/a.glb"}""")]
    [InlineData(300, "loadModel", """{"uri":"builtin://Nothing"}""")]
    [InlineData(601, "loadModel", """{"uri":"builtin://Box","parent":99}""")]
    [InlineData(600, "listEntities", """{"root":5}""")]
    [InlineData(600, "queryBounds", """{"entity":5,"space":"world"}""")]
    [InlineData(-32602, "queryBounds", """{"entity":5,"space":"mars"}""")]
    [InlineData(-32602, "queryBounds", """{"entity":-1,"space":"world"}""")]
    [InlineData(600, "queryMetadata", """{"entity":0}""")]
    [InlineData(3, "rayCast", """{"start":[1,1,1],"end":[1,1,1],"policy":"any","maxHits":1}""")]
    [InlineData(3, "rayCast", """{"start":[1,1,1],"end":[1e999,1,1],"policy":"any","maxHits":1}""")]
    [InlineData(-32602, "rayCast", """{"start":[1,1],"end":[1,1,1],"policy":"any","maxHits":1}""")]
    [InlineData(-32602, "rayCast", """{"start":[1,1,1],"end":[1,2,1],"policy":"best","maxHits":1}""")]
    [InlineData(-32602, "rayCast", """{"start":[1,1,1],"end":[1,2,1],"policy":"any","maxHits":0}""")]
    [InlineData(-32602, "spatialQuery", """{"maxResults":1}""")]
    [InlineData(3, "spatialQuery", """{"box":{"min":[1,0,0],"max":[0,1,1]},"maxResults":1}""")]
    [InlineData(3, "spatialQuery", """{"sphere":{"center":[0,0,0],"radius":-1},"maxResults":1}""")]
    [InlineData(3, "spatialQuery", """{"orientedBox":{"center":[0,0,0],"halfExtents":[1,1,1],"rotation":[0,0,0,0]},"maxResults":1}""")]
    public async Task Request_MakesNoSense_RefusedWithItsCode(int code, string method, string parameters)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        await scene.RefusedAsync(code, method, parameters);
        Assert.Equal(0, scene.Host.Count("bindingEnded"));
        await scene.CallAsync("performance");
    }

    private static async Task<int> CountHitsAsync(SceneFixture scene) =>
        (await scene.CallAsync("rayCast", """{"start":[0,0,5],"end":[0,0,-5],"policy":"closest","maxHits":1}""")).GetProperty("hits")
            .GetArrayLength();

    private static async Task<uint> NewEntityAsync(SceneFixture scene)
    {
        await scene.ApplyAsync(new BatchBuilder().Create(77));
        return 77;
    }
}
