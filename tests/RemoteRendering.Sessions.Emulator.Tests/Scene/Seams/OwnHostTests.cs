using System.Text.Json;
using RemoteRendering.Sessions.Emulator.InProcess;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Seams;

/// <summary>A host of one's own with the scene as its feature, without the emulator.</summary>
public class OwnHostTests
{
    private const string LoadCube = """{"uri":"builtin://cube"}""";

    [Fact]
    public async Task OwnGeometryAndRenderer_AnswerTheRequestsOfTheScene()
    {
        await using var scene = new SceneFeature(new BoxGeometry(), new PlainRenderer());
        await using var host = new HostFixture(null, scene);
        TestDevice device = host.Connect();
        JsonElement bound = await device.BindAsync();

        Assert.Equal(["scene", "upload", "frames"], Features(bound));
        Assert.Equal(12, (await CallAsync(device, 1, "loadModel", LoadCube)).GetProperty("primitives").GetInt32());
        JsonElement hits = await CallAsync(device, 2, "rayCast", """{"start":[0,0,9],"end":[0,0,-9]}""");
        Assert.Equal(1, hits.GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task NoRenderer_NoFrames()
    {
        await using var scene = new SceneFeature(new BoxGeometry(), renderer: null);
        await using var host = new HostFixture(null, scene);
        JsonElement bound = await host.Connect().BindAsync();

        Assert.Equal(["scene", "upload"], Features(bound));
    }

    [Fact]
    public async Task SoftwareRenderer_LoadsABuiltInModel()
    {
        var sessions = new FakeHostSessions(new VirtualTimeProvider());
        sessions.AddReady("s", TimeSpan.FromHours(1));

        // snippet: scene-host
        var software = new SoftwareSceneRenderer();   // of RemoteRendering.Sessions.Host.SoftwareRenderer
        await using var scene = new SceneFeature(geometry: software, renderer: software);
        await using var host = new RenderingHost(sessions, [scene]);
        // end snippet

        using var pair = new InMemoryLinkPair();
        Task link = host.ServeAsync(pair.Host, "token", TestContext.Current.CancellationToken);
        var device = new TestDevice(pair.Client, "a");
        await device.BindAsync();
        Assert.Equal(12, (await CallAsync(device, 1, "loadModel", """{"uri":"builtin://Box"}""")).GetProperty("primitives").GetInt32());

        await host.DisposeAsync();
        await Wait.Within(link);
    }

    private static string[] Features(JsonElement bound) =>
        [
            .. bound.GetProperty("features").EnumerateArray().Select(static name => name.GetString()!)
            .Where(static name => name is "scene" or "upload" or "frames")
        ];

    private static async Task<JsonElement> CallAsync(TestDevice device, long id, string method, string parameters)
    {
        await device.RequestAsync(id, method, parameters);
        while (true)
        {
            JsonElement frame = await device.ReceiveAsync();
            if (frame.TryGetProperty("id", out _))
            {
                return frame.GetProperty("result");
            }
        }
    }
}
