using System.Numerics;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Scene.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Scene;

public sealed class EntityTests
{
    private static readonly Quaternion QuarterTurn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 2);

    [Fact]
    public async Task Position_SetThreeTimes_IsThereAtOnceAndSentOnce()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        await harness.TickAsync();

        for (int x = 1; x <= 3; x++)
        {
            entity.Position = new Double3(x, 0, 0);
            Assert.Equal(x, entity.Position.X);
        }

        Assert.Equal(default, harness.Host.Scene.Entities[1].Position);
        await harness.TickAsync();

        Assert.Equal(new Double3(3, 0, 0), harness.Host.Scene.Entities[1].Position);
        Assert.Equal(2, harness.Host.BatchBytes.Count);
        Assert.Equal(16 + 6 + 24, harness.Host.BatchBytes[1]);
    }

    [Fact]
    public async Task SetTransform_OfManyEntities_TakesAtMost64BytesEach()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity[] entities = [.. Enumerable.Range(0, 100).Select(_ => harness.Connection.CreateEntity())];
        await harness.TickAsync();

        foreach (Entity entity in entities)
        {
            entity.SetTransform(new Double3(1e7, 2, 3), QuarterTurn, new Vector3(2));
        }

        await harness.TickAsync();

        Assert.Equal(16 + (100 * 58), harness.Host.BatchBytes[^1]);
        HostEntity last = harness.Host.Scene.Entities[100];
        Assert.Equal(new Double3(1e7, 2, 3), last.Position);
        Assert.Equal(QuarterTurn, last.Rotation);
        Assert.Equal(new Vector3(2), last.Scale);
    }

    [Fact]
    public async Task Write_OfTheValueThatIsThere_SendsNothing()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        await harness.TickAsync();

        entity.Position = Double3.Zero;
        entity.Name = string.Empty;
        entity.Enabled = true;
        entity.Parent = null;
        await harness.Time.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Single(harness.Host.BatchBytes);
    }

    [Fact]
    public async Task Write_EveryProperty_ReachesTheHost()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity parent = harness.Connection.CreateEntity();
        Entity entity = harness.Connection.CreateEntity(parent);
        entity.Name = "Kolben \u00fc\u6c34";
        entity.Enabled = false;
        entity.Rotation = QuarterTurn;
        entity.Scale = new Vector3(1, -1, 0);
        var state = (HierarchicalStateOverrideComponent)harness.Connection
            .CreateComponent(ObjectType.HierarchicalStateOverrideComponent, entity);
        state.TintColor = new Color4Ub(1, 2, 3, 4);
        state.HiddenState = HierarchicalEnableState.ForceOn;
        state.SetState(HierarchicalStates.UseTintColor | HierarchicalStates.DisableCollision, HierarchicalEnableState.ForceOff);
        var plane = (CutPlaneComponent)harness.Connection.CreateComponent(ObjectType.CutPlaneComponent, parent);
        plane.Normal = Axis.NegativeZ;
        plane.FadeColor = new Color4Ub(255, 0, 0, 128);
        plane.FadeLength = 0.5f;
        await harness.TickAsync();

        HostEntity there = harness.Host.Scene.Entities[2];
        Assert.Equal(1u, there.Parent);
        Assert.Equal("Kolben \u00fc\u6c34", there.Name);
        Assert.False(there.Enabled);
        Assert.Equal(QuarterTurn, there.Rotation);
        Assert.Equal(new Vector3(1, -1, 0), there.Scale);
        Assert.Equal((1u, 24u, 0x04030201u), there.State);
        Assert.Equal((5, 255, 1, 0x800000ffu, 0.5f), harness.Host.Scene.Entities[1].CutPlane);
        Assert.Empty(harness.Host.Refusals);

        state.Destroy();
        plane.Enabled = false;
        await harness.TickAsync();

        Assert.Null(there.State);
        Assert.False(state.IsValid);
        Assert.Null(entity.FindComponentOfType<HierarchicalStateOverrideComponent>());
        Assert.Equal(0, harness.Host.Scene.Entities[1].CutPlane!.Value.Enabled);
        Assert.Equal(RenderingSceneError.InvalidId, Assert.Throws<RenderingSceneException>(() => state.TintColor = default).Error);
    }

    [Fact]
    public async Task Parent_SwappedAboveAndBelow_IsAppliedWithoutARefusal()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity a = harness.Connection.CreateEntity();
        Entity b = harness.Connection.CreateEntity(a);
        Entity c = harness.Connection.CreateEntity(b);
        await harness.TickAsync();

        // The order of the calls is legal; sent as "the last parent of each" in this order it would be a cycle.
        c.Parent = null;
        b.Parent = c;
        a.Parent = b;
        Entity fresh = harness.Connection.CreateEntity();
        c.Parent = fresh;
        await harness.TickAsync();

        Assert.Empty(harness.Host.Refusals);
        Assert.Equal(
            (2u, 3u, 4u, 0u),
            (
                harness.Host.Scene.Entities[1].Parent, harness.Host.Scene.Entities[2].Parent, harness.Host.Scene.Entities[3].Parent,
                harness.Host.Scene.Entities[4].Parent));
    }

    [Fact]
    public async Task Parent_ThatIsBelow_ThrowsAndChangesNothing()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity top = harness.Connection.CreateEntity();
        Entity below = harness.Connection.CreateEntity(top);

        Assert.Equal(RenderingSceneError.CyclicReference, Assert.Throws<RenderingSceneException>(() => top.Parent = below).Error);
        Assert.Equal(RenderingSceneError.CyclicReference, Assert.Throws<RenderingSceneException>(() => top.Parent = top).Error);
        Assert.Null(top.Parent);
        Assert.Equal([below], top.Children);
    }

    [Fact]
    public async Task Parent_OfAnotherScene_Throws()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        await using SceneHarness other = await SceneHarness.StartAsync();
        Entity foreign = other.Connection.CreateEntity();
        Entity entity = harness.Connection.CreateEntity();

        RenderingSceneException error = Assert.Throws<RenderingSceneException>(() => entity.Parent = foreign);
        Assert.Equal(RenderingSceneError.InvalidParentId, error.Error);
        Assert.Same(foreign, error.Entity);
        Assert.Equal(
            RenderingSceneError.InvalidParentId,
            Assert.Throws<RenderingSceneException>(() => harness.Connection.CreateEntity(foreign)).Error);
        Assert.Equal(
            RenderingSceneError.InvalidId,
            Assert.Throws<RenderingSceneException>(() => harness.Connection.CreateComponent(ObjectType.CutPlaneComponent, foreign)).Error);
    }

    [Fact]
    public async Task Write_WithNumbersThatAreNone_FailsAtTheCall()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();

        Assert.Throws<ArgumentException>(() => entity.Position = new Double3(double.NaN, 0, 0));
        Assert.Throws<ArgumentException>(() => entity.Position = new Double3(0, double.PositiveInfinity, 0));
        Assert.Throws<ArgumentException>(() => entity.Rotation = default);
        Assert.Throws<ArgumentException>(() => entity.Rotation = new Quaternion(float.NaN, 0, 0, 1));
        Assert.Throws<ArgumentException>(() => entity.Scale = new Vector3(float.NegativeInfinity));
        Assert.Throws<ArgumentException>(() => entity.SetTransform(default, default, Vector3.One));
        Assert.Throws<ArgumentNullException>(() => entity.Name = null!);
        Assert.Throws<ArgumentException>(() => entity.Name = new string('x', 257));
        Assert.Throws<ArgumentException>(() => new RayCast(Double3.Zero, Double3.Zero));
        Assert.Throws<ArgumentException>(() => new RayCast(Double3.Zero, new Double3(double.NaN, 0, 1)));
        Assert.Throws<ArgumentException>(() => new SpatialQuerySphere(Double3.Zero, 0));
        Assert.Throws<ArgumentException>(() => new SpatialQueryAabb(new Bounds(new Double3(1, 0, 0), Double3.Zero)));
        Assert.Equal(
            (Double3.Zero, Quaternion.Identity, Vector3.One, string.Empty), (entity.Position, entity.Rotation, entity.Scale, entity.Name));
    }

    [Fact]
    public async Task Rotation_OfAnotherLength_IsNormalised()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();

        entity.Rotation = new Quaternion(0, 3, 0, 4);

        Assert.Equal(1, entity.Rotation.Length(), 6);
        Assert.Equal(0.6f, entity.Rotation.Y, 6);
    }

    [Fact]
    public async Task Destroy_TakesWhatIsBelowAndSparesWhatHasLeft()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity top = harness.Connection.CreateEntity();
        Entity child = harness.Connection.CreateEntity(top);
        Entity grandchild = harness.Connection.CreateEntity(child);
        Entity leaves = harness.Connection.CreateEntity(child);
        Entity comes = harness.Connection.CreateEntity();
        await harness.TickAsync();

        leaves.Parent = null;
        comes.Parent = grandchild;
        Entity never = harness.Connection.CreateEntity(comes);
        never.Name = "never sent";
        top.Destroy();
        top.Destroy();
        await harness.TickAsync();

        Assert.Equal([4u], harness.Host.Scene.Entities.Keys);
        Assert.Empty(harness.Host.Refusals);
        Assert.All(new[] { top, child, grandchild, comes, never }, entity => Assert.False(entity.IsValid));
        Assert.True(leaves.IsValid);
        RenderingSceneException error = Assert.Throws<RenderingSceneException>(() => child.Position = default);
        Assert.Equal(RenderingSceneError.InvalidId, error.Error);
        Assert.Same(child, error.Entity);
        Assert.Equal("never sent", never.Name);
    }

    [Fact]
    public async Task Children_OfManyEntities_AreAddedAndRemovedFast()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity top = harness.Connection.CreateEntity();
        const int Count = 200_000;
        Entity[] children = new Entity[Count];
        for (int i = 0; i < Count; i++)
        {
            children[i] = harness.Connection.CreateEntity(top);
        }

        for (int i = 0; i < Count; i += 2)
        {
            children[i].Destroy();
        }

        Assert.Equal(Count / 2, top.Children.Count);
        Assert.Same(children[1], top.Children[0]);
        top.Destroy();
        Assert.DoesNotContain(children, child => child.IsValid);
    }

    [Fact]
    public async Task VisitAndFind_GoFromParentsToChildren()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity top = harness.Connection.CreateEntity();
        Entity left = harness.Connection.CreateEntity(top);
        Entity right = harness.Connection.CreateEntity(top);
        Entity below = harness.Connection.CreateEntity(left);
        right.Name = "right";
        var visited = new List<Entity>();

        top.VisitEntity(entity =>
        {
            visited.Add(entity);
            return entity != left;
        });

        Assert.Equal([top, left, right], visited);
        Assert.Same(right, top.FindFirstEntity(entity => entity.Name == "right"));
        Assert.Same(below, top.FindFirstEntity(entity => entity.Parent == left));
        Assert.Null(top.FindFirstEntity(entity => entity.Name == "nobody"));
    }

    [Fact]
    public async Task CreateComponent_Twice_OrOfAKindThatIsNotMade_Throws()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        ComponentBase component = harness.Connection.CreateComponent(ObjectType.CutPlaneComponent, entity);

        Assert.Equal(
            RenderingSceneError.AlreadyExists,
            Assert.Throws<RenderingSceneException>(() => harness.Connection.CreateComponent(ObjectType.CutPlaneComponent, entity)).Error);
        Assert.Equal(
            RenderingSceneError.InvalidType,
            Assert.Throws<RenderingSceneException>(() => harness.Connection.CreateComponent(ObjectType.MeshComponent, entity)).Error);
        Assert.Same(component, entity.FindComponentOfType(ObjectType.CutPlaneComponent));
        Assert.Equal([component], entity.Components);
    }

    [Fact]
    public async Task Write_InSteadyState_AllocatesNothing()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        await harness.TickAsync();
        long allocated = 0;

        // The first rounds let the compiler finish.
        for (int round = 0; round < 5; round++)
        {
            allocated = Heap.AllocatedBy(() =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    entity.Position = new Double3(i, round, 0);
                }
            });
        }

        Assert.Equal(0, allocated);
        await harness.TickAsync();
    }
}
