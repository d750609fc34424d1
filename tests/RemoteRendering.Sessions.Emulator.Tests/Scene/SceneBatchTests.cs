using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

public class SceneBatchTests
{
    [Fact]
    public async Task Batch_FullTransform_58Bytes()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        byte[] payload = [4, 7, 1, 0, 0, 0, .. new byte[24], .. F32(0, 0, 0, 1), .. F32(1, 1, 1)];

        Assert.Equal(58, payload.Length);
        await scene.ApplyAsync(new BatchBuilder().Create(1));
        await scene.Device.SendBinaryAsync(HostBinaryFrame.Write(1, 1, (ulong)scene.NextId(), payload).Bytes);
        Assert.Equal("{}", (await scene.ReceiveAsync()).GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Batch_WritesThatMakeNoSense_RefusedAndTheOthersApplied()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        JsonElement answer = await scene.SendAsync(new BatchBuilder()
            .Create(1)
            .Create(1)
            .Create(2, 9)
            .Create(0)
            .Create(0x8000_0000)
            .Create(3, 1)
            .Parent(1, 3)
            .Parent(1, 1)
            .Parent(3, 44)
            .Position(9, 0, 0, 0)
            .Position(1, double.NaN, 0, 0)
            .Rotation(1, 0, 0, 0, 0)
            .Scale(1, float.PositiveInfinity, 1, 1)
            .Name(1, new byte[257])
            .Name(1, [0xFF])
            .Cut(1, normal: 6)
            .Destroy(9)
            .Create(4));

        Assert.Equal(
            [
                "1:602", "2:601", "3:600", "4:600", "6:603", "7:603", "8:601", "9:600", "10:3", "11:3", "12:3", "13:607", "14:3", "15:3",
                "16:600"
            ],
            answer.GetProperty("refused").EnumerateArray().Select(write => $"{write.GetProperty("write")}:{write.GetProperty("code")}"));
        Assert.Equal("""{"write":6,"entity":1,"code":603,"reason":"CyclicReference"}""", answer.GetProperty("refused")[4].GetRawText());
        Assert.Equal("{}", (await scene.CallAsync("queryBounds", """{"entity":4,"space":"world"}""")).GetRawText());
    }

    [Fact]
    public async Task Batch_ManyRefused_SixteenTold()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        var batch = new BatchBuilder();
        for (int i = 0; i < 100; i++)
        {
            batch.Destroy(5);
        }

        Assert.Equal(16, (await scene.SendAsync(batch)).GetProperty("refused").GetArrayLength());
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(0, "0100010000000000")]
    [InlineData(2, "01000100000000000000")]
    [InlineData(1, "010001000000000000")]
    [InlineData(1, "0100010000000000000000")]
    [InlineData(1, "01010100000000000000")]
    [InlineData(1, "020101000000")]
    [InlineData(1, "030101000000ffffffff")]
    [InlineData(1, "040801000000")]
    [InlineData(1, "0401010000000000")]
    [InlineData(1, "050201000000")]
    [InlineData(1, "060001000000")]
    [InlineData(1, "0600010000000500aaaa")]
    [InlineData(1, "060101000000000000")]
    [InlineData(1, "070101000000")]
    [InlineData(1, "070201000000")]
    [InlineData(1, "080301000000")]
    [InlineData(1, "000001000000")]
    [InlineData(1, "090001000000")]
    public async Task Batch_WritesDoNotFillTheFrame_4400AndNothingApplied(int count, string payload)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.Device.SendBinaryAsync(HostBinaryFrame.Write(1, (uint)count, 1, Convert.FromHexString(payload)).Bytes);

        await scene.Device.ExpectCloseAsync(4400);
        Assert.Empty(scene.Host.Events("requestStarted"));
    }

    [Fact]
    public async Task Scene_NewBinding_IsEmptyAndTheOldOneForgotten()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        WeakReference old = await UseAndLeaveAsync(scene);
        TestDevice back = scene.Host.Connect();
        await back.BindAsync();

        Assert.Equal(
            600,
            (await back.CallAsync(1, "queryBounds", """{"entity":1,"space":"world"}""")).GetProperty("error").GetProperty("code")
                .GetInt32());
        await Quiescence.WaitAsync();
        Heap.Collect();
        Assert.False(old.IsAlive);
    }

    [Fact]
    public async Task Scene_Resumed_IsKept()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.ApplyAsync(new BatchBuilder().Create(1).Name(1, "kept"));
        scene.Device.Cut();
        TestDevice back = await scene.Host.BindAsync(epoch: 1);

        Assert.Equal("{}", (await back.CallAsync(2, "queryBounds", """{"entity":1,"space":"world"}""")).GetProperty("result").GetRawText());
    }

    private static async Task<WeakReference> UseAndLeaveAsync(SceneFixture scene)
    {
        await scene.ApplyAsync(new BatchBuilder().Create(1));
        await scene.LoadAsync("Sphere", 1);
        WeakReference mesh = new(MeshOf(scene));
        await scene.CallAsync("rayCast", """{"start":[0,0,5],"end":[0,0,-5],"policy":"closest","maxHits":1}""");
        await scene.CallAsync("unbind");
        await scene.Device.ExpectCloseAsync(1000);
        return mesh;
    }

    private static TriangleMesh MeshOf(SceneFixture scene)
    {
        foreach (HostConnection connection in scene.Host.Engine.Connections)
        {
            return scene.Scenes.SceneOf(connection.Binding!).Read(graph => graph.WithMesh[0].Parts!.Mesh!.Triangles);
        }

        throw new InvalidOperationException();
    }

    private static byte[] F32(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
