using System.Net;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Graph;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Fetching;

/// <summary>A refusal says which option or which call helps.</summary>
public class RefusalMessageTests
{
    [Theory]
    [InlineData("http://models.example.org/cube.glb", 309, "SceneOptions.AllowHttp")]
    [InlineData("https://127.0.0.1:1/cube.glb", 304, "SceneOptions.AllowPrivateNetworks")]
    [InlineData("file:///tmp/cube.glb", 309, "LoadModelOptions.FromPath")]
    public async Task LoadModel_AddressThatIsOff_NamesTheOption(string address, int code, string option)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        JsonElement error = await scene.RefusedAsync(code, "loadModel", $$"""{"uri":"{{address}}"}""");

        Assert.Contains(option, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadModel_StoredWithAnEncoding_SaysWhichOne()
    {
        using var web = new FakeWeb
        {
            ["https://models.example.org/cube.glb"] = _ =>
            {
                var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(GlbBuilder.Cube().ToGlb()) };
                response.Content.Headers.ContentEncoding.Add("gzip");
                return response;
            },
        };
        await using SceneFixture scene = await SceneFixture.StartAsync(behavior => behavior.DownloadHandler = web);

        JsonElement error = await scene.RefusedAsync(304, "loadModel", """{"uri":"https://models.example.org/cube.glb"}""");

        Assert.Contains("'gzip'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadModel_NeighbourWithASpaceInFront_AskedForAsWritten()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        using var web = new FakeWeb
        {
            ["https://models.example.org/a/cube.gltf"] = _ => Ok(System.Text.Encoding.UTF8.GetBytes(glb.Text(" cube.bin"))),
            ["https://models.example.org/a/%20cube.bin"] = _ => Ok(glb.Binary),
        };
        await using SceneFixture scene = await SceneFixture.StartAsync(behavior => behavior.DownloadHandler = web);

        Assert.Equal(
            12,
            (await scene.CallAsync("loadModel", """{"uri":"https://models.example.org/a/cube.gltf"}""")).GetProperty("primitives")
                .GetInt64());
    }

    [Fact]
    public async Task Bind_StatesThatAreNotDrawn_Named()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        Assert.Equal(
            ["selected", "seeThrough", "useCutPlaneFilterMask", "shell"],
            scene.Bound.GetProperty("unsupportedStates").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Batch_StateWithAMask_Kept()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        await scene.ApplyAsync(new BatchBuilder().Create(1, 0).Override(1, 64, filterMask: (byte)5));

        HostBinding binding = Assert.Single(scene.Host.Engine.Connections).Binding!;
        Assert.Equal(new StateOverride(64, 0, 0, 5), scene.Scenes.SceneOf(binding).Read(graph => graph.Find(1)!.Parts!.Override));
    }

    private static HttpResponseMessage Ok(byte[] content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
}
