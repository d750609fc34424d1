using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;
using RemoteRendering.Sessions.Protocol.Scene;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Graph;

public class SceneGraphTests
{
    [Fact]
    public void Create_LevelTooDeep_LimitReached()
    {
        SceneGraph graph = Chain(SceneGraph.MaxLevels);

        Assert.Equal(SceneErrorCode.LimitReached, graph.Create(1_000, SceneGraph.MaxLevels));
        Assert.Equal(SceneErrorCode.None, graph.Create(1_001, SceneGraph.MaxLevels - 1));
    }

    [Fact]
    public void SetParent_SubtreeTooDeep_LimitReachedUntilSomethingGoes()
    {
        SceneGraph graph = Chain(300);
        for (uint id = 301; id <= 600; id++)
        {
            graph.Create(id, id == 301 ? 0 : id - 1);
        }

        Assert.Equal(SceneErrorCode.LimitReached, graph.SetParent(301, 300));
        graph.Destroy(500);
        Assert.Equal(SceneErrorCode.None, graph.SetParent(301, 300));
        Assert.Equal(SceneErrorCode.CyclicReference, graph.SetParent(1, 499));
    }

    [Fact]
    public void Inherited_AncestorMoves_FollowsInDouble()
    {
        SceneGraph graph = Chain(3);
        graph.SetTransform(graph.Find(1)!, new Vector3D(1e7, 0, 0), null, null);
        graph.SetTransform(graph.Find(3)!, new Vector3D(0.001, 0, 0), null, null);
        Assert.Equal(1e7 + 0.001, SceneGraph.Inherited(graph.Find(3)!).World.Origin.X);

        graph.SetTransform(graph.Find(2)!, new Vector3D(0, 5, 0), null, new System.Numerics.Vector3(2, 2, 2));
        Assert.Equal(new Vector3D(1e7 + 0.002, 5, 0), SceneGraph.Inherited(graph.Find(3)!).World.Origin);
        graph.SetParent(3, 0);
        Assert.Equal(new Vector3D(0.001, 0, 0), SceneGraph.Inherited(graph.Find(3)!).World.Origin);
    }

    [Fact]
    public void Entities_AMillionChildren_ComeMoveAndGo()
    {
        var graph = new SceneGraph();
        graph.Create(1, 0);
        graph.Create(2, 0);
        for (uint id = 3; id <= SceneGraph.MaxEntities; id++)
        {
            Assert.Equal(SceneErrorCode.None, graph.Create(id, 1));
        }

        Assert.Equal(SceneErrorCode.LimitReached, graph.Create(SceneGraph.MaxEntities + 1, 1));
        for (uint id = SceneGraph.MaxEntities; id > SceneGraph.MaxEntities - 1_000; id -= 3)
        {
            Assert.Equal(SceneErrorCode.None, graph.SetParent(id, 2));
        }

        Assert.Equal(SceneErrorCode.None, graph.Destroy(1));
        Assert.Equal(335, graph.Count);
        Assert.Equal(SceneErrorCode.AlreadyExists, graph.Create(3, 0));
    }

    [Fact]
    public void Attach_SameMeshOftenThenDestroyed_CountsComeBackToZero()
    {
        var graph = new SceneGraph();
        SceneModel model = BuiltinModels.Find("Engine")!;
        Assert.Equal(SceneErrorCode.None, graph.Attach(model, 0, out uint root));
        Assert.Equal(model.Primitives, graph.Primitives);
        Assert.Equal(model.ByteSize, graph.MeshBytes);

        graph.Destroy(root + 3);
        graph.Destroy(root);

        Assert.Equal((0, 0L, 0L), (graph.Count, graph.Primitives, graph.MeshBytes));
        Assert.Empty(graph.WithMesh);
    }

    [Fact]
    public void Snapshot_CutPlanes_TheEightOldestThatAreOn()
    {
        var graph = new SceneGraph();
        for (uint id = 1; id <= 12; id++)
        {
            graph.Create(id, 0);
            graph.SetTransform(graph.Find(id)!, new Vector3D(id, 0, 0), null, null);
            graph.SetCut(graph.Find(id)!, new CutPlaneComponent(0, 0xFF, IsEnabled: id != 2, 0, 0));
        }

        graph.SetEnabled(graph.Find(3)!, false);
        graph.SetCut(graph.Find(4)!, null);

        Assert.Equal([1, 5, 6, 7, 8, 9, 10, 11], SnapshotBuilder.Build(graph).Cuts.Select(cut => cut.Point.X));
    }

    [Fact]
    public void Snapshot_HiddenOrDisabled_IsNotInIt()
    {
        var graph = new SceneGraph();
        graph.Attach(BuiltinModels.Find("Box")!, 0, out uint root);
        Assert.Single(SnapshotBuilder.Build(graph).Instances);

        graph.SetOverride(graph.Find(root)!, new StateOverride(StateOverride.Hidden, 0, 0));
        Assert.Empty(SnapshotBuilder.Build(graph).Instances);

        graph.SetOverride(graph.Find(root)!, null);
        graph.SetEnabled(graph.Find(root)!, false);
        Assert.Empty(SnapshotBuilder.Build(graph).Instances);
    }

    [Fact]
    public void Apply_TransformsInSteadyState_NoAllocation()
    {
        const int Count = 1_000;
        var graph = new SceneGraph();
        var batch = new BatchBuilder();
        for (uint id = 1; id <= Count; id++)
        {
            graph.Create(id, 0);
            batch.Position(id, id, 1, 2).Rotation(id, 0, 0, 0, 1).Scale(id, 1, 2, 3);
        }

        byte[] payload = batch.Payload;
        SceneWriter.Apply(graph, payload);
        Assert.Equal(0, Heap.AllocatedBy(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                SceneWriter.Apply(graph, payload);
            }
        }));
    }

    private static SceneGraph Chain(uint levels)
    {
        var graph = new SceneGraph();
        for (uint id = 1; id <= levels; id++)
        {
            Assert.Equal(SceneErrorCode.None, graph.Create(id, id - 1));
        }

        return graph;
    }
}
