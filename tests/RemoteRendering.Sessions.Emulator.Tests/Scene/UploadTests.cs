using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

public class UploadTests
{
    [Fact]
    public async Task Upload_InChunks_LoadedTwice()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        byte[] file = GlbBuilder.Cube().ToGlb();
        uint upload = await BeginAsync(scene, file.Length);
        foreach (byte[] chunk in file.Chunk(100))
        {
            await ChunkAsync(scene, upload, chunk);
        }

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(12, (await scene.CallAsync("loadModel", $$"""{"upload":{{upload}}}""")).GetProperty("primitives").GetInt64());
        }

        await scene.CallAsync("endUpload", $$"""{"upload":{{upload}}}""");
        await scene.RefusedAsync(600, "loadModel", $$"""{"upload":{{upload}}}""");
        await scene.RefusedAsync(600, "endUpload", $$"""{"upload":{{upload}}}""");
    }

    [Fact]
    public async Task LoadModel_BytesMissing_307()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        uint upload = await BeginAsync(scene, 100);
        await ChunkAsync(scene, upload, new byte[99]);

        await scene.RefusedAsync(307, "loadModel", $$"""{"upload":{{upload}}}""");
    }

    [Fact]
    public async Task Chunk_MoreThanAnnounced_305()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        uint upload = await BeginAsync(scene, 100);

        Assert.Equal(305, (await SendAsync(scene, upload, new byte[101])).GetProperty("error").GetProperty("code").GetInt32());
        await ChunkAsync(scene, upload, new byte[100]);
        Assert.Equal(305, (await SendAsync(scene, upload, new byte[1])).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(600, (await SendAsync(scene, 77, new byte[1])).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task BeginUpload_TooLargeOrTooMany_Refused()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync(behavior => behavior.MaxModelBytes = 1_000);
        await scene.RefusedAsync(305, "beginUpload", """{"length":1001,"name":"a.glb"}""");
        await scene.RefusedAsync(-32602, "beginUpload", """{"length":0,"name":"a.glb"}""");
        for (int i = 0; i < 4; i++)
        {
            await BeginAsync(scene, 10);
        }

        await scene.RefusedAsync(607, "beginUpload", """{"length":10,"name":"a.glb"}""");
        await scene.CallAsync("endUpload", """{"upload":1}""");
        await BeginAsync(scene, 10);
    }

    [Theory]
    [InlineData(SessionSize.Standard, 305)]
    [InlineData(SessionSize.Premium, 0)]
    public async Task LoadModel_MorePrimitivesThanTheSessionMayHave_305UnlessPremium(SessionSize size, int code)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync(behavior => behavior.MaxPrimitives = 30);
        scene.Size = size;
        byte[] file = GlbBuilder.Cube().ToGlb();
        uint upload = await BeginAsync(scene, file.Length);
        await ChunkAsync(scene, upload, file);
        string parameters = $$"""{"upload":{{upload}}}""";
        uint first = (await scene.CallAsync("loadModel", parameters)).GetProperty("root").GetUInt32();
        await scene.CallAsync("loadModel", parameters);

        JsonElement third = await scene.AnswerAsync("loadModel", parameters);

        Assert.Equal(code, third.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetInt32() : 0);
        await scene.ApplyAsync(new BatchBuilder().Destroy(first));
        await scene.CallAsync("loadModel", parameters);
    }

    [Fact]
    public async Task Bind_HostWithoutUploads_DoesNotNameThem()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync(behavior => behavior.HasUploads = false);

        Assert.DoesNotContain("upload", scene.Bound.GetProperty("features").EnumerateArray().Select(name => name.GetString()));
        await scene.RefusedAsync(-32601, "beginUpload", """{"length":10,"name":"a.glb"}""");
    }

    internal static async Task<uint> BeginAsync(SceneFixture scene, int length) =>
        (await scene.CallAsync("beginUpload", $$"""{"length":{{length}},"name":"cube.glb"}""")).GetProperty("upload").GetUInt32();

    internal static async Task ChunkAsync(SceneFixture scene, uint upload, byte[] bytes) =>
        Assert.Equal("{}", (await SendAsync(scene, upload, bytes)).GetProperty("result").GetRawText());

    private static async Task<JsonElement> SendAsync(SceneFixture scene, uint upload, byte[] bytes)
    {
        await scene.Device.SendBinaryAsync(HostBinaryFrame.Write(2, upload, (ulong)scene.NextId(), bytes).Bytes);
        return await scene.ReceiveAsync();
    }
}
