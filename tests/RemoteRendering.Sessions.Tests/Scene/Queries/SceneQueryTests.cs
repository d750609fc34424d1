using System.Numerics;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Scene.Support;

namespace RemoteRendering.Sessions.Tests.Scene.Queries;

public sealed class SceneQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RayCast_SendsTheRayAndReadsItsHits()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["rayCast"] = _ => """
            {"hits":[{"entity":1,"part":2,"position":[1,2,3],"normal":[0,0,1],"distance":4.5,"face":"back"},{"entity":99,"position":[0,0,0],"normal":[1,0,0],"distance":5}]}
            """;
        Entity entity = harness.Connection.CreateEntity();

        RayCastQueryResult result = await ConnectionHarness.Within(harness.Connection.RayCastQueryAsync(
            new RayCast(new Double3(0, 0, 10), new Double3(0, 0, -2), 8, HitCollectionPolicy.ClosestHits, 5), Token));

        System.Text.Json.JsonElement sent = harness.Host.Requests[0].Parameters;
        Assert.Equal("[0,0,10]", sent.GetProperty("start").GetRawText());
        Assert.Equal("[0,0,2]", sent.GetProperty("end").GetRawText());
        Assert.Equal(("all", 5), (sent.GetProperty("policy").GetString(), sent.GetProperty("maxHits").GetInt32()));
        Assert.Equal(2, result.Hits.Count);
        Assert.Same(entity, result.Hits[0].HitEntity);
        Assert.Equal((2, new Double3(1, 2, 3), new Double3(0, 0, 1), 4.5, HitType.TriangleBackFace),
            (
                result.Hits[0].SubPartId, result.Hits[0].HitPosition, result.Hits[0].HitNormal, result.Hits[0].DistanceToHit,
                result.Hits[0].HitType));
        Assert.Null(result.Hits[1].HitEntity);
    }

    [Fact]
    public async Task SpatialQueries_SendTheirVolume()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["spatialQuery"] = _ => """{"entities":[]}""";

        Assert.Empty(
            (
                await ConnectionHarness.Within(
                    harness.Connection.SpatialQueryAabbAsync(
                        new SpatialQueryAabb(new Bounds(Double3.Zero, new Double3(1, 1, 1))), Token))).Overlaps);
        await ConnectionHarness.Within(harness.Connection.SpatialQuerySphereAsync(new SpatialQuerySphere(Double3.Zero, 2, 3), Token));
        await ConnectionHarness.Within(
            harness.Connection.SpatialQueryObbAsync(new SpatialQueryObb(Double3.Zero, new Double3(1, 2, 3), Quaternion.Identity), Token));

        Assert.Equal(
            [
                """{"box":{"min":[0,0,0],"max":[1,1,1]},"maxResults":1024}""",
                """{"sphere":{"center":[0,0,0],"radius":2},"maxResults":3}""",
                """{"orientedBox":{"center":[0,0,0],"halfExtents":[1,2,3],"rotation":[0,0,0,1]},"maxResults":1024}""",
            ],
            harness.Host.Requests.Select(request => request.Parameters.GetRawText()));
    }

    [Fact]
    public async Task BoundsOfNothing_AreNull_AndMetadataIsRead()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["queryMetadata"] = _ => """{"metadata":{"part":"A-7","count":3,"mass":1.5,"hot":true,"tags":[1,2]}}""";
        Entity entity = harness.Connection.CreateEntity();

        Assert.Null(await ConnectionHarness.Within(entity.QueryLocalBoundsAsync(Token)));
        ObjectMetadata metadata = await ConnectionHarness.Within(entity.QueryMetadataAsync(Token));

        Assert.Equal("A-7", metadata.GetMetadataByName("part")!.AsString);
        Assert.Equal(3, metadata.GetMetadataByName("count")!.AsInt64);
        Assert.Equal(1.5, metadata.GetMetadataByName("mass")!.AsDouble);
        Assert.True(metadata.GetMetadataByName("hot")!.AsBool);
        Assert.Equal("[1,2]", metadata.GetMetadataByName("tags")!.AsString);
        Assert.Null(metadata.GetMetadataByName("nothing"));
        Assert.Throws<InvalidOperationException>(() => metadata.GetMetadataByName("part")!.AsInt64);
    }

    [Fact]
    public async Task Performance_ReadsWhatTheHostMeasures()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["performance"] = _ => """{"timeCpu":12.5,"polygonsRendered":1000}""";

        PerformanceAssessment assessment = await ConnectionHarness.Within(harness.Connection.QueryServerPerformanceAssessmentAsync(Token));

        Assert.Equal((12.5, null, 1000), (assessment.TimeCpu, assessment.TimeGpu, assessment.PolygonsRendered));
    }

    [Fact]
    public async Task CaptureFrame_ReadsTheBytes()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["captureFrame"] = _ => "png:PICTURE";

        RenderingPicture picture = await ConnectionHarness.Within(
            harness.Connection.CaptureFrameAsync(RenderingCamera.LookAt(new Double3(0, 0, 5), Double3.Zero), 640, 480, Token));

        Assert.Equal("PICTURE"u8.ToArray(), picture.Png.ToArray());
        System.Text.Json.JsonElement sent = harness.Host.Requests[0].Parameters;
        Assert.Equal("[0,0,0,1]", sent.GetProperty("camera").GetProperty("rotation").GetRawText());
        Assert.Equal(
            (640, 480, (4 * 1024 * 1024) - 16),
            (sent.GetProperty("width").GetInt32(), sent.GetProperty("height").GetInt32(), sent.GetProperty("maxBytes").GetInt32()));
    }

    [Theory]
    [InlineData("010000000000000000000000000000")]
    [InlineData("12000000000000000100000000000000")]
    [InlineData("10000000010000000100000000000000")]
    [InlineData("10010000000000000100000000000000")]
    [InlineData("10000000000000000000000000000000")]
    [InlineData("10000000000000006300000000000000")]
    public async Task BinaryMessage_Malformed_EndsTheConnectionWithAClearCause(string hex)
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();

        harness.Host.Link.SayBinary(Convert.FromHexString(hex));
        RenderingConnectionEnd end = await ConnectionHarness.Within(harness.Connection.Completion);

        Assert.Equal(RenderingConnectionReason.ProtocolError, end.Reason);
        await ConnectionHarness.UntilAsync(() => harness.Host.Link.IsAborted);
        Assert.Equal(4400, harness.Host.Link.ClosedByClientWith);
    }

    [Fact]
    public async Task Preview_SlowReader_GetsTheNewestPicture_AndStopsWhenItLeaves()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        IAsyncEnumerator<RenderingPicture> pictures = harness.Connection.GetPreviewAsync(
            new RenderingPreviewOptions(new RenderingCamera()) { FramesPerSecond = 10 }, Token).GetAsyncEnumerator(Token);
        Task<bool> first = pictures.MoveNextAsync().AsTask();
        await ConnectionHarness.UntilAsync(() => harness.Host.Requests.Count == 1);
        harness.Host.Link.SayBinary(SceneHost.Frame(17, 1, 1, [1]));
        Assert.True(await ConnectionHarness.Within(first));
        Assert.Equal(1, pictures.Current.Number);

        harness.Host.Link.SayBinary(SceneHost.Frame(17, 1, 2, [2]));
        harness.Host.Link.SayBinary(SceneHost.Frame(17, 9, 1, [0]));
        harness.Host.Link.SayBinary(SceneHost.Frame(17, 1, 3, [3]));
        await ConnectionHarness.Within(harness.Connection.MeasureRoundTripAsync(Token));
        Assert.True(await ConnectionHarness.Within(pictures.MoveNextAsync().AsTask()));
        Assert.Equal((3L, 3), (pictures.Current.Number, pictures.Current.Png.Span[0]));

        await pictures.DisposeAsync();
        await ConnectionHarness.UntilAsync(() => harness.Host.Requests[^1].Method == "stopPreview");
    }

    [Fact]
    public async Task Preview_SceneLost_EndsWithTheReason()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        await using IAsyncEnumerator<RenderingPicture> pictures =
            harness.Connection.GetPreviewAsync(new RenderingPreviewOptions(new RenderingCamera()), Token).GetAsyncEnumerator(Token);
        Task<bool> next = pictures.MoveNextAsync().AsTask();
        await ConnectionHarness.UntilAsync(() => harness.Host.Requests.Count == 1);

        await harness.DropAsync(crash: true);

        Assert.Equal(
            RenderingConnectionReason.SceneLost,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(next))).Reason);
    }

    [Fact]
    public void LookAt_LooksAtItsTarget()
    {
        foreach (
            Double3 from in new[]
            {
                new Double3(5, 0, 0), new Double3(-3, 4, 5), new Double3(0, 9, 0), new Double3(0, -2, 0), new Double3(0, 0, -7)
            })
        {
            Vector3 forward = Vector3.Transform(-Vector3.UnitZ, RenderingCamera.LookAt(from, Double3.Zero).Rotation);
            Double3 expected = from * (-1 / from.Length);
            Assert.Equal(expected.X, forward.X, 5);
            Assert.Equal(expected.Y, forward.Y, 5);
            Assert.Equal(expected.Z, forward.Z, 5);
        }
    }
}
