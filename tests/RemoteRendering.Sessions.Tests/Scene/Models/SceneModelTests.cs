using System.Collections.Concurrent;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Scene.Support;

namespace RemoteRendering.Sessions.Tests.Scene.Models;

public sealed class SceneModelTests
{
    private const string Root = """{"id":2147483648,"parent":0,"name":"engine"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadModel_BuiltIn_TellsOfProgressAndWhatItBrought()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["loadModel"] = _ =>
        {
            long id = harness.Host.LastId;
            harness.Host.Link.Say($$$"""{"jsonrpc":"2.0","method":"progress","params":{"id":{{{id}}},"value":0.5}}""");
            return """{"root":2147483648,"entities":3,"primitives":1200}""";
        };
        harness.Host.Handlers["listEntities"] = parameters => parameters.GetProperty("after").GetUInt32() == 0
            ? $$"""{"entities":[{{Root}}],"next":2147483648}"""
            : """
              {"entities":[{"id":2147483649,"parent":2147483648,"name":"Piston","position":[0,1,0],"rotation":[0,1,0,0],"scale":[2,2,2],"enabled":false,
              "mesh":{"primitives":1200,"parts":[{"material":"Steel","primitives":1100},{"primitives":100}]}},{"id":2147483650,"parent":2147483649}]}
              """;
        var reports = new ConcurrentQueue<float>();
        Entity parent = harness.Connection.CreateEntity();

        LoadModelResult result = await ConnectionHarness.Within(harness.Connection.LoadModelAsync(
            new LoadModelOptions(new Uri("builtin://Engine")) { Parent = parent }, new Report(reports.Enqueue), Token));

        Assert.Equal("builtin://Engine", harness.Host.Requests[0].Parameters.GetProperty("uri").GetString());
        Assert.Equal(1u, harness.Host.Requests[0].Parameters.GetProperty("parent").GetUInt32());
        Assert.Equal(1200, result.Primitives);
        Assert.Equal(3, result.Entities.Count);
        Assert.Same(parent, result.Root.Parent);
        Entity piston = Assert.Single(result.Root.Children);
        Assert.Equal(("Piston", new Double3(0, 1, 0), false), (piston.Name, piston.Position, piston.Enabled));
        MeshComponent mesh = Assert.IsType<MeshComponent>(Assert.Single(result.GetLoadedObjectsOfType(ObjectType.MeshComponent)));
        Assert.Equal([new MeshComponentPart("Steel", 1100), new MeshComponentPart(string.Empty, 100)], mesh.Parts);
        Assert.Equal(RenderingSceneError.NotSupported, Assert.Throws<RenderingSceneException>(mesh.Destroy).Error);
        await ConnectionHarness.UntilAsync(() => reports.Contains(1f));
        Assert.Equal([0.5f, 1f], reports);

        // What the host has made is moved like everything else.
        piston.Position = new Double3(9, 9, 9);
        parent.Destroy();
        Assert.False(piston.IsValid);
        await harness.TickAsync();
        Assert.Equal([(1, 1u), (2, 1u)], harness.Host.Scene.Writes);
    }

    [Fact]
    public async Task LoadModel_Refused_NamesTheFileWithoutItsQuery()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["loadModel"] = _ => """error:{"code":300,"message":"No such file.","data":{"reason":"FileNotFound"}}""";

        RenderingSceneException error = await Assert.ThrowsAsync<RenderingSceneException>(() => ConnectionHarness.Within(
            harness.Connection.LoadModelAsync(
                new LoadModelOptions(new Uri("https://user:word@example.org/a/engine.glb?sig=SECRET")), cancellationToken: Token)));

        Assert.Equal(RenderingSceneError.FileNotFound, error.Error);
        Assert.Equal("https://example.org/a/engine.glb", error.File);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("word", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("SECRET", harness.Host.Requests[0].Parameters.GetProperty("uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadModel_CancelledButLoadedAllTheSame_IsDestroyedAtTheHost()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        long id = 0;
        harness.Host.Handlers["loadModel"] = _ =>
        {
            id = harness.Host.LastId;
            return null;
        };
        using var cancel = new CancellationTokenSource();
        Task<LoadModelResult> load =
            harness.Connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Engine")), cancellationToken: cancel.Token);
        await ConnectionHarness.UntilAsync(() => id > 0);

        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(load));
        await ConnectionHarness.UntilAsync(() => harness.Host.Notices.Any(notice => notice.Contains("cancel", StringComparison.Ordinal)));
        harness.Allow("SceneWritesRefused");
        harness.Host.Answer(
            id, link => link.Say($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"root":2147483648,"entities":1,"primitives":1}}"""));
        await ConnectionHarness.UntilAsync(() => harness.Time.PendingTimers == 2);
        await harness.TickAsync();

        Assert.Equal([(2, 2147483648u)], harness.Host.Scene.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoadModel_FromAStream_SendsItsBytesInOrder(bool seekable)
    {
        await using SceneHarness harness = await SceneHarness.StartAsync(harness => harness.Host.MaxMessageBytes = 10_000);
        harness.Host.Handlers["loadModel"] = _ => """{"root":2147483648,"entities":1,"primitives":7}""";
        harness.Host.Handlers["listEntities"] = _ => $$"""{"entities":[{{Root}}]}""";
        byte[] bytes = new byte[123_456];
        new Random(5).NextBytes(bytes);
        using Stream stream = seekable ? new MemoryStream(bytes) : new OneWayStream(bytes);

        LoadModelResult result = await ConnectionHarness.Within(
            harness.Connection.LoadModelAsync(new LoadModelOptions(stream, "engine.glb"), cancellationToken: Token));

        Assert.Equal(7, result.Primitives);
        Assert.Equal(bytes, harness.Host.Uploads[1].ToArray());
        await ConnectionHarness.UntilAsync(() => harness.Host.Requests.Count == 4);
        Assert.Equal(["beginUpload", "loadModel", "listEntities", "endUpload"], harness.Host.Requests.Select(request => request.Method));
        Assert.Equal(123_456, harness.Host.Requests[0].Parameters.GetProperty("length").GetInt64());
        Assert.Equal(1u, harness.Host.Requests[1].Parameters.GetProperty("upload").GetUInt32());
    }

    [Fact]
    public async Task LoadModel_StreamThatIsTooLarge_IsNotSent()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        foreach (Stream stream in new Stream[] { new MemoryStream(new byte[2_000]), new OneWayStream(new byte[2_000]) })
        {
            RenderingSceneException error = await Assert.ThrowsAsync<RenderingSceneException>(
                () =>
                    ConnectionHarness.Within(
                        harness.Connection.LoadModelAsync(
                            new LoadModelOptions(stream, "large.glb") { MaxUploadBytes = 1_999 }, cancellationToken: Token)));
            Assert.Equal((RenderingSceneError.ExceedsMemoryLimit, "large.glb"), (error.Error, error.File));
        }

        Assert.Empty(harness.Host.Requests);
    }

    [Fact]
    public async Task LoadModel_SceneLostMeanwhile_SaysSo()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["loadModel"] = _ => null;
        Task<LoadModelResult> load =
            harness.Connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Engine")), cancellationToken: Token);
        await ConnectionHarness.UntilAsync(() => harness.Host.Requests.Count == 1);

        await harness.DropAsync(crash: true);

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(load));
        Assert.Equal(RenderingConnectionReason.SceneLost, error.Reason);
    }

    private sealed class Report(Action<float> report) : IProgress<float>
    {
        void IProgress<float>.Report(float value) => report(value);
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
