using System.Net;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Fetching;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Fetching;

public class FetchingTests
{
    private const string Secret = "sv=2026&sig=verysecret";

    [Fact]
    public async Task LoadModel_ByAddress_Loaded()
    {
        using var web = new FakeWeb { ["https://models.example.org/a/cube.glb"] = _ => Ok(GlbBuilder.Cube().ToGlb()) };
        await using SceneFixture scene = await StartAsync(web);

        JsonElement loaded = await scene.CallAsync("loadModel", $$"""{"uri":"https://models.example.org/a/cube.glb?{{Secret}}"}""");

        Assert.Equal(12, loaded.GetProperty("primitives").GetInt64());
        JsonElement page = await scene.CallAsync("listEntities", $$"""{"root":{{loaded.GetProperty("root")}}}""");
        Assert.Equal("cube.glb", page.GetProperty("entities")[0].GetProperty("name").GetString());
        Assert.Equal("?" + Secret, web.Requests.Single().Query);
        Assert.Equal(scene.Progress.Order(), scene.Progress);
    }

    [Theory]
    [InlineData(404, 300)]
    [InlineData(410, 300)]
    [InlineData(401, 904)]
    [InlineData(403, 904)]
    [InlineData(500, 304)]
    [InlineData(204, 304)]
    public async Task LoadModel_ServerRefuses_CodeAndNameWithoutTheQuery(int status, int code)
    {
        using var web = new FakeWeb { ["https://models.example.org/cube.glb"] = _ => new HttpResponseMessage((HttpStatusCode)status) };
        await using SceneFixture scene = await StartAsync(web);

        JsonElement error =
            await scene.RefusedAsync(code, "loadModel", $$"""{"uri":"https://user:pw@models.example.org/cube.glb?{{Secret}}#part"}""");

        string message = error.GetRawText();
        Assert.Contains("https://models.example.org/cube.glb", message, StringComparison.Ordinal);
        Assert.DoesNotContain("verysecret", message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", message, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Host.Lines(), line => line.Contains("verysecret", StringComparison.Ordinal));
        Assert.Equal(
            """{"entities":[]}""", (await scene.CallAsync("spatialQuery", """{"sphere":{"center":[0,0,0],"radius":1000}}""")).GetRawText());
    }

    [Theory]
    [InlineData("/b.glb", 5, 0)]
    [InlineData("/b.glb", 6, 304)]
    [InlineData("http://models.example.org/b.glb", 1, 304)]
    [InlineData("file:///etc/passwd", 1, 304)]
    public async Task LoadModel_Redirects_FollowedByTheRules(string location, int times, int code)
    {
        int left = times;
        using var web = new FakeWeb();
        web["https://models.example.org/a.glb"] = web["https://models.example.org/b.glb"] = _ => left-- > 0
            ? new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(location, UriKind.RelativeOrAbsolute) } }
            : Ok(GlbBuilder.Cube().ToGlb());
        await using SceneFixture scene = await StartAsync(web);

        JsonElement answer = await scene.AnswerAsync("loadModel", """{"uri":"https://models.example.org/a.glb"}""");

        Assert.Equal(code, answer.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetInt32() : 0);
    }

    [Fact]
    public async Task LoadModel_CutOff_304()
    {
        using var web = new FakeWeb { ["https://models.example.org/a.glb"] = _ => Ok(GlbBuilder.Cube().ToGlb(), announced: 100_000) };
        await using SceneFixture scene = await StartAsync(web);

        await scene.RefusedAsync(304, "loadModel", """{"uri":"https://models.example.org/a.glb"}""");
    }

    [Theory]
    [InlineData(2_000_000L)]
    [InlineData(null)]
    public async Task LoadModel_LargerThanTheLimit_305(long? announced)
    {
        using var web = new FakeWeb
        {
            ["https://models.example.org/a.glb"] =
                _ => Ok(new byte[announced is null ? 2_000_000 : 10], announced, hidesLength: announced is null)
        };
        await using SceneFixture scene = await StartAsync(web, behavior => behavior.MaxModelBytes = 1_000_000);

        await scene.RefusedAsync(305, "loadModel", """{"uri":"https://models.example.org/a.glb"}""");
    }

    [Fact]
    public async Task LoadModel_ServerSaysNothing_304AfterThePatienceWithSignsOfLife()
    {
        using var web = new FakeWeb();
        await using SceneFixture scene = await StartAsync(web);
        web.Silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await scene.Device.RequestAsync(scene.NextId(), "loadModel", """{"uri":"https://models.example.org/a.glb"}""");
        await web.Silent.Task.WaitAsync(TestDevice.Patience);
        await scene.Time.PassAsync(TimeSpan.FromSeconds(29));
        await scene.Time.PassAsync(TimeSpan.FromSeconds(2));

        JsonElement answer = await scene.ReceiveAsync();

        Assert.Equal(304, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.InRange(scene.Progress.Count, 29 * 9, 31 * 11);
    }

    [Fact]
    public async Task LoadModel_Cancelled_AnsweredAsCancelledAndNothingAdded()
    {
        using var web = new FakeWeb { Silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using SceneFixture scene = await StartAsync(web);
        long id = scene.NextId();
        await scene.Device.RequestAsync(id, "loadModel", """{"uri":"https://models.example.org/a.glb"}""");
        await web.Silent.Task.WaitAsync(TestDevice.Patience);
        await scene.Device.NotifyAsync("cancel", $$"""{"id":{{id}}}""");

        Assert.Equal(-32800, (await scene.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await scene.RefusedAsync(600, "listEntities", """{"root":2147483648}""");
    }

    [Fact]
    public async Task LoadModel_TextWithFilesBesideIt_FetchedWithTheToken()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        using var web = new FakeWeb
        {
            ["https://models.example.org/a/cube.gltf"] = _ => Ok(Encoding.UTF8.GetBytes(glb.Text("data/cube%20one.bin"))),
            ["https://models.example.org/a/data/cube%20one.bin"] = _ => Ok(glb.Binary),
        };
        await using SceneFixture scene = await StartAsync(web);

        await scene.CallAsync("loadModel", $$"""{"uri":"https://models.example.org/a/cube.gltf?{{Secret}}"}""");

        Assert.All(web.Requests, request => Assert.Equal("?" + Secret, request.Query));
        Assert.Equal(2, web.Requests.Count);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/secret.bin")]
    [InlineData("//evil.example.org/a/x.bin")]
    [InlineData("https://evil.example.org/x.bin")]
    [InlineData("https://models.example.org/a/x.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("%2e%2e/secret.bin")]
    [InlineData("..\\secret.bin")]
    public async Task LoadModel_TextNamesAFileElsewhere_309AndNothingFetched(string reference)
    {
        using var web = new FakeWeb();
        web["https://models.example.org/a/cube.gltf"] = _ => Ok(Encoding.UTF8.GetBytes(GlbBuilder.Cube().Text(reference)));
        await using SceneFixture scene = await StartAsync(web);

        await scene.RefusedAsync(309, "loadModel", """{"uri":"https://models.example.org/a/cube.gltf"}""");
        Assert.Single(web.Requests);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/a.glb")]
    [InlineData("https://localhost:1/a.glb")]
    [InlineData("https://[::1]:1/a.glb")]
    [InlineData("https://[::ffff:127.0.0.1]:1/a.glb")]
    [InlineData("https://10.1.2.3:1/a.glb")]
    [InlineData("https://169.254.169.254/a.glb")]
    [InlineData("https://0x7f.1:1/a.glb")]
    [InlineData("https://2130706433:1/a.glb")]
    public async Task LoadModel_PrivateAddress_304WithoutAConnection(string uri)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        JsonElement error = await scene.RefusedAsync(304, "loadModel", $$"""{"uri":"{{uri}}"}""");
        Assert.Contains("private network", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.15.0.1", false)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("192.168.4.4", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("2606:4700::1", false)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::10.0.0.1", true)]
    [InlineData("64:ff9b::8.8.8.8", false)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("::127.0.0.1", true)]
    public void PrivateAddresses_Contains_AsTheTablesOfAddressesSay(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, PrivateAddresses.Contains(IPAddress.Parse(address)));

    private static Task<SceneFixture> StartAsync(FakeWeb web, Action<EmulatorSceneOptions>? configure = null)
        => SceneFixture.StartAsync(behavior =>
    {
        behavior.DownloadHandler = web;
        configure?.Invoke(behavior);
    });

    private static HttpResponseMessage Ok(byte[] content, long? announced = null, bool hidesLength = false)
    {
        HttpContent body = hidesLength ? new StreamContent(new OneWayStream(content)) : new ByteArrayContent(content);
        if (announced is not null)
        {
            body.Headers.ContentLength = announced;
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = body };
    }

    private sealed class OneWayStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
