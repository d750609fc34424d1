using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Scene.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Scene.Sync;

public sealed class SceneFlushTests
{
    [Fact]
    public async Task Flush_HostThatDoesNotAnswer_HasTwoBatchesAndThenTheNewestState()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        await harness.TickAsync();
        harness.Host.HoldsBatchAnswers = true;
        for (int tick = 1; tick <= 100; tick++)
        {
            entity.Position = new Double3(tick, 0, 0);
            await harness.Time.PassAsync(SceneHarness.Tick);
            await ConnectionHarness.UntilAsync(() => harness.Host.BatchBytes.Count >= Math.Min(tick, 2) + 1);
        }

        Assert.Equal(3, harness.Host.BatchBytes.Count);
        Assert.Equal(2, harness.Connection.Scene.Unanswered);
        Assert.Equal(1, harness.Time.PendingTimers);

        harness.Host.ReleaseAnswers();
        await ConnectionHarness.UntilAsync(() => harness.Time.PendingTimers == 2);
        await harness.TickAsync();

        Assert.Equal(4, harness.Host.BatchBytes.Count);
        Assert.Equal(100, harness.Host.Scene.Entities[1].Position.X);
    }

    [Fact]
    public async Task Flush_PumpedConnection_SendsOnlyInUpdate()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync(harness => harness.Options.PumpCallbacks = true);
        Entity entity = harness.Connection.CreateEntity();
        entity.Position = new Double3(1, 2, 3);
        await harness.Time.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(harness.Host.BatchBytes);

        harness.Connection.Update();

        Assert.Equal(new Double3(1, 2, 3), harness.Host.Scene.Entities[1].Position);
    }

    [Fact]
    public async Task Flush_MoreThanTheHostTakesInOneMessage_IsSplit()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync(harness => harness.Host.MaxMessageBytes = 1024);
        Entity[] entities = [.. Enumerable.Range(0, 500).Select(_ => harness.Connection.CreateEntity())];
        foreach (Entity entity in entities)
        {
            entity.Name = new string('n', 200);
        }

        await harness.TickAsync();

        Assert.True(harness.Host.BatchBytes.Count > 100);
        Assert.Equal(500, harness.Host.Scene.Entities.Count);
        Assert.All(harness.Host.Scene.Entities.Values, entity => Assert.Equal(200, entity.Name.Length));
    }

    [Fact]
    public async Task Query_AfterWrites_IsSentAfterThem()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.HoldsBatchAnswers = true;
        Double3 seen = default;
        harness.Host.Handlers["queryBounds"] = _ =>
        {
            seen = harness.Host.Scene.Entities[1].Position;
            return """{"min":[0,1,2],"max":[3,4,5]}""";
        };
        Entity entity = harness.Connection.CreateEntity();
        for (int x = 1; x <= 5; x++)
        {
            entity.Position = new Double3(x, 0, 0);
            Bounds? bounds = await ConnectionHarness.Within(entity.QueryWorldBoundsAsync(TestContext.Current.CancellationToken));
            Assert.Equal(x, seen.X);
            Assert.Equal(new Bounds(new Double3(0, 1, 2), new Double3(3, 4, 5)), bounds);
        }

        harness.Host.ReleaseAnswers();
    }

    [Fact]
    public async Task LinkCut_WithBatchesUnanswered_AppliesEachOnceAndNothingChangesHere()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        await harness.TickAsync();
        harness.Host.HoldsBatchAnswers = true;
        entity.Name = "before";
        await harness.Time.PassAsync(SceneHarness.Tick);
        await ConnectionHarness.UntilAsync(() => harness.Host.BatchBytes.Count == 2);
        entity.Name = "during";

        await harness.DropAsync();
        harness.Host.ReleaseAnswers();
        await ConnectionHarness.UntilAsync(() => harness.Connection.Scene.Unanswered == 0 || harness.Host.BatchBytes.Count > 2);
        await harness.Time.PassAsync(SceneHarness.Tick);
        await ConnectionHarness.UntilAsync(() => harness.Host.Scene.Entities[1].Name == "during");

        Assert.True(entity.IsValid);
        Assert.Equal(2, harness.Connection.Link);
        Assert.Equal([(1, 1u), (6, 1u), (6, 1u)], harness.Host.Scene.Writes);
        Assert.Empty(harness.Host.Refusals);
    }

    [Fact]
    public async Task SceneLost_OldEntitiesAreInvalid_NewOnesBelongToTheNewScene()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity old = harness.Connection.CreateEntity();
        old.Position = new Double3(1, 2, 3);
        await harness.TickAsync();
        old.Name = "not sent yet";

        await harness.DropAsync(crash: true);

        Assert.False(old.IsValid);
        Assert.Equal(new Double3(1, 2, 3), old.Position);
        Assert.Equal("not sent yet", old.Name);
        Assert.Equal(RenderingSceneError.InvalidId, Assert.Throws<RenderingSceneException>(() => old.Position = default).Error);
        Assert.Equal(
            RenderingSceneError.InvalidId,
            (
                await Assert.ThrowsAsync<RenderingSceneException>(
                    () => old.QueryLocalBoundsAsync(TestContext.Current.CancellationToken))).Error);
        old.Destroy();

        Entity young = harness.Connection.CreateEntity();
        young.Name = "young";
        Assert.Equal(RenderingSceneError.InvalidParentId, Assert.Throws<RenderingSceneException>(() => young.Parent = old).Error);
        await harness.TickAsync();

        Assert.Equal("young", Assert.Single(harness.Host.Scene.Entities).Value.Name);
        Assert.Empty(harness.Host.Refusals);
    }

    [Fact]
    public async Task ConnectionEnded_EntitiesAreInvalidAndCreateThrows()
    {
        SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        entity.Name = "was here";
        await harness.DisposeAsync();

        Assert.False(entity.IsValid);
        Assert.Equal("was here", entity.Name);
        Assert.Equal(RenderingSceneError.InvalidId, Assert.Throws<RenderingSceneException>(() => entity.Enabled = false).Error);
        Assert.Equal(
            RenderingConnectionReason.NoConnection, Assert.Throws<RenderingConnectionException>(harness.Connection.CreateEntity).Reason);
    }

    [Fact]
    public async Task RefusedWrites_AreReportedAndLogged()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Allow("SceneWritesRefused");
        var refused = new TaskCompletionSource<SceneWritesRefusedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Connection.SceneWritesRefused += (sender, e) => refused.TrySetResult(e);
        Entity entity = harness.Connection.CreateEntity();
        await harness.TickAsync();
        harness.Host.Scene.Entities.Clear();

        entity.Enabled = false;
        await harness.TickAsync();

        RefusedSceneWrite write = Assert.Single((await ConnectionHarness.Within(refused.Task)).Writes);
        Assert.Same(entity, write.Entity);
        Assert.Equal(RenderingSceneError.InvalidId, write.Error);
        Assert.Equal("R600", write.Reason);
        Assert.Contains(harness.Log.Entries, entry => entry.Event == "SceneWritesRefused");
    }

    [Fact]
    public async Task CreateEntity_HostWithoutAScene_Throws()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync(harness => harness.Host.Features = string.Empty);

        Assert.Equal(RenderingSceneError.NotSupported, Assert.Throws<RenderingSceneException>(harness.Connection.CreateEntity).Error);
    }
}
