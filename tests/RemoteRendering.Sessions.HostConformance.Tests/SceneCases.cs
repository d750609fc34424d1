using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Sections 7 and 8 of the protocol: batches, models and queries, on hosts that have them.</summary>
[Collection(HostConformanceCollection.Name)]
public class SceneCases(HostUnderTest host)
{
    private const uint FirstHostId = 0x8000_0000;

    [Fact]
    public async Task Batch_WritesWithAndWithoutSense_OnlyTheOthersApplied()
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "scene");

        JsonElement answer = await device.BatchAsync(
            SceneDevice.Create(1),
            SceneDevice.Create(1),
            SceneDevice.Create(2, parent: 99),
            SceneDevice.Create(3, parent: 1),
            SceneDevice.Parent(1, 3),
            SceneDevice.Move(1, double.NaN, 0, 0),
            SceneDevice.Destroy(77),
            SceneDevice.Name(3, "third"));

        Assert.Equal(
            ["1/1/602", "2/2/601", "4/1/603", "5/1/3", "6/77/600"],
            answer.GetProperty("refused").EnumerateArray()
                .Select(write => $"{write.GetProperty("write")}/{write.GetProperty("entity")}/{write.GetProperty("code")}"));
        Assert.Equal("{}", (await device.CallAsync("queryBounds", """{"entity":3,"space":"world"}""")).GetRawText());
        await device.LeaveAsync();
    }

    [Theory]
    [InlineData(2, "01000100000000000000")]
    [InlineData(1, "0100010000000000000000")]
    [InlineData(1, "040801000000")]
    [InlineData(1, "090001000000")]
    [InlineData(1, "060001000000ff00")]
    public async Task Batch_WritesDoNotFillTheFrame_4400(int count, string payload)
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "scene");
        await device.Link.SendBinaryAsync(1, (uint)count, 1, Convert.FromHexString(payload));

        await device.Link.ExpectCloseAsync(4400);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("01010000000000000100000000000000")]
    [InlineData("10000000000000000100000000000000")]
    [InlineData("7f000000000000000100000000000000")]
    public async Task BinaryFrame_HeadThatIsNone_4400(string frame)
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "scene");
        await device.Link.SendBytesAsync(Convert.FromHexString(frame), System.Net.WebSockets.WebSocketMessageType.Binary);

        await device.Link.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Batches_CutInTheMiddle_EachAppliedOnce()
    {
        const int Batches = 60;
        using SceneDevice device = await SceneDevice.StartAsync(host, "scene");
        for (uint id = 1; id <= Batches; id++)
        {
            await device.SendBatchAsync(id, SceneDevice.Create(id, id - 1), SceneDevice.Move(id, 1, 0, 0));
        }

        device.Link.Cut();
        using DeviceLink back = await host.OpenAsync();
        Binding resumed = await back.BindAsync(device.Binding.Epoch);
        Assert.True(resumed.SceneKept);
        for (uint id = 1; id <= Batches; id++)
        {
            await back.SendBinaryAsync(1, 2, id, [.. SceneDevice.Create(id, id - 1), .. SceneDevice.Move(id, 1, 0, 0)]);
        }

        // A second run would answer that the id is in use.
        var answered = new HashSet<long>();
        while (answered.Count < Batches)
        {
            JsonElement answer = await back.ReceiveAsync();
            Assert.Equal("{}", answer.GetProperty("result").GetRawText());
            answered.Add(answer.GetProperty("id").GetInt64());
        }

        await back.RequestAsync(Batches + 1, "loadModel", $$"""{"uri":"builtin://Engine","parent":{{Batches}}}""");
        uint root = (await back.ReceiveAnswerAsync(Batches + 1)).GetProperty("result").GetProperty("root").GetUInt32();
        JsonElement local = await BoundsAsync(back, Batches + 2, root, "local");
        JsonElement world = await BoundsAsync(back, Batches + 3, root, "world");
        Assert.Equal(local.GetProperty("min")[0].GetDouble() + Batches, world.GetProperty("min")[0].GetDouble(), 5);
        await back.LeaveAsync(Batches + 4);
    }

    [Fact]
    public async Task LoadModel_Engine_ListedAndFoundByQueries()
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "scene");
        JsonElement loaded = await device.CallAsync("loadModel", """{"uri":"builtin://Engine","parent":0}""");
        uint root = loaded.GetProperty("root").GetUInt32();
        Assert.True(root >= FirstHostId);
        var entities = new List<JsonElement>();
        uint? after = 0;
        while (after is { } known)
        {
            JsonElement page = await device.CallAsync("listEntities", $$"""{"root":{{root}},"after":{{known}}}""");
            entities.AddRange(page.GetProperty("entities").EnumerateArray());
            after = page.TryGetProperty("next", out JsonElement next) ? next.GetUInt32() : null;
        }

        Assert.Equal(loaded.GetProperty("entities").GetInt32(), entities.Count);
        Assert.Equal(root, entities[0].GetProperty("id").GetUInt32());
        var before = new HashSet<uint> { 0 };
        Assert.All(entities, entity =>
        {
            Assert.Contains(entity.GetProperty("parent").GetUInt32(), before);
            Assert.True(before.Add(entity.GetProperty("id").GetUInt32()));
        });
        JsonElement bounds = await device.CallAsync("queryBounds", $$"""{"entity":{{root}},"space":"world"}""");
        double[] min = Numbers(bounds.GetProperty("min"));
        double[] max = Numbers(bounds.GetProperty("max"));
        string through =
            FormattableString.Invariant($$"""{"start":[0,0,{{max[2] + 1}}],"end":[0,0,{{min[2] - 1}}],"policy":"all","maxHits":1024}""");
        JsonElement[] hits = [.. (await device.CallAsync("rayCast", through)).GetProperty("hits").EnumerateArray()];
        Assert.NotEmpty(hits);
        Assert.Equal(
            hits.Select(hit => hit.GetProperty("distance").GetDouble()).Order(),
            hits.Select(hit => hit.GetProperty("distance").GetDouble()));
        Assert.All(hits, hit => Assert.Equal(1, Numbers(hit.GetProperty("normal")).Sum(part => part * part), 5));
        JsonElement found = await device.CallAsync("spatialQuery", FormattableString.Invariant(
            $$"""{"box":{"min":[{{min[0]}},{{min[1]}},{{min[2]}}],"max":[{{max[0]}},{{max[1]}},{{max[2]}}]},"maxResults":1024}"""));
        Assert.Equal(entities.Count(entity => entity.TryGetProperty("mesh", out _)), found.GetProperty("entities").GetArrayLength());
        Assert.Equal(
            JsonValueKind.Object, (await device.CallAsync("queryMetadata", $$"""{"entity":{{root}}}""")).GetProperty("metadata").ValueKind);
        Assert.Equal(JsonValueKind.Object, (await device.CallAsync("performance", "{}")).ValueKind);

        Assert.Equal("{}", (await device.BatchAsync(SceneDevice.Enable(root, false))).GetRawText());
        Assert.Empty((await device.CallAsync("rayCast", through)).GetProperty("hits").EnumerateArray());
        Assert.Equal("{}", (await device.BatchAsync(SceneDevice.Destroy(root))).GetRawText());
        await device.RefusedAsync(600, "queryBounds", $$"""{"entity":{{root}},"space":"world"}""");
        await device.LeaveAsync();
    }

    [Theory]
    [InlineData(300, "loadModel", """{"uri":"builtin://conformance.noSuchModel","parent":0}""")]
    [InlineData(309, "loadModel", """{"uri":"file:///etc/hostname","parent":0}""")]
    [InlineData(304, "loadModel", """{"uri":"https://127.0.0.1:1/model.glb","parent":0}""")]
    [InlineData(601, "loadModel", """{"uri":"builtin://Engine","parent":12345}""")]
    [InlineData(600, "listEntities", """{"root":12345,"after":0}""")]
    [InlineData(600, "queryBounds", """{"entity":12345,"space":"local"}""")]
    [InlineData(600, "queryMetadata", """{"entity":12345}""")]
    [InlineData(3, "rayCast", """{"start":[1,2,3],"end":[1,2,3],"policy":"closest","maxHits":1}""")]
    [InlineData(3, "spatialQuery", """{"box":{"min":[1,1,1],"max":[0,0,0]},"maxResults":1}""")]
    public async Task Request_MakesNoSense_RefusedWithItsCode(int code, string method, string parameters)
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "scene");

        await device.RefusedAsync(code, method, parameters);
        await device.LeaveAsync();
    }

    [Fact]
    public async Task Scene_AfterANewBinding_IsEmpty()
    {
        using (SceneDevice device = await SceneDevice.StartAsync(host, "scene"))
        {
            await device.BatchAsync(SceneDevice.Create(1));
            await device.LeaveAsync();
        }

        using SceneDevice again = await SceneDevice.StartAsync(host, "scene");
        await again.RefusedAsync(600, "queryBounds", """{"entity":1,"space":"world"}""");
        Assert.Equal("{}", (await again.BatchAsync(SceneDevice.Create(1))).GetRawText());
        await again.LeaveAsync();
    }

    private static async Task<JsonElement> BoundsAsync(DeviceLink link, long id, uint entity, string space)
    {
        await link.RequestAsync(id, "queryBounds", $$"""{"entity":{{entity}},"space":"{{space}}"}""");
        return (await link.ReceiveAnswerAsync(id)).GetProperty("result");
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
