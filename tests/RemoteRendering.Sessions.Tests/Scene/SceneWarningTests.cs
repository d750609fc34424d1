using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Scene.Support;

namespace RemoteRendering.Sessions.Tests.Scene;

/// <summary>Nothing is left out in silence, and what the client does by itself is not told as a refused write.</summary>
public sealed class SceneWarningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadModel_HostLeavesSomethingOut_WarningsSayWhatAndWhere()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["loadModel"] = _ =>
            """{"root":2147483648,"entities":1,"primitives":1,"warnings":[{"code":"shearLost","place":"node 3 """
                + """'arm'","text":"Lost."},{"code":"somethingNew","place":"here","text":"New."},{"code":"2"},7]}""";
        harness.Host.Handlers["listEntities"] = _ => """{"entities":[{"id":2147483648,"parent":0}]}""";

        LoadModelResult result = await ConnectionHarness.Within(
            harness.Connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Engine")), cancellationToken: Token));

        Assert.Equal(
            [
                (LoadModelWarningCode.ShearLost, "node 3 'arm'", "Lost."), (LoadModelWarningCode.Other, "here", "New."),
                (LoadModelWarningCode.Other, "", ""), (LoadModelWarningCode.Other, "", "")
            ],
            result.Warnings.Select(warning => (warning.Code, warning.Place, warning.Message)));
        Assert.Equal("node 3 'arm': Lost.", result.Warnings[0].ToString());
    }

    [Fact]
    public async Task LoadModel_MeshWithMorePartsThanAPage_HasThemAll()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["loadModel"] = _ => """{"root":2147483648,"entities":3,"primitives":4}""";
        harness.Host.Handlers["listEntities"] =
            parameters =>
                (parameters.GetProperty("after").GetUInt32(), parameters.TryGetProperty("part", out var part) ? part.GetInt32() : 0) switch
        {
            (0, 0) =>
                """{"entities":[{"id":2147483648,"parent":0},"""
                    + """{"id":2147483649,"parent":2147483648,"mesh":{"primitives":3,"parts":[{"material":"A","primitives":1}]}}],"next":"""
                    + """2147483648,"nextPart":1}""",
            (2147483648, 1) =>
                """{"entities":[{"id":2147483649,"parent":2147483648,"mesh":{"primitives":3,"parts":[{"material":"B","primitives":"""
                    + """1}]}}],"next":2147483648,"nextPart":2}""",
            (2147483648, 2) =>
                """{"entities":[{"id":2147483649,"parent":2147483648,"mesh":{"primitives":3,"parts":[{"material":"C","primitives":1}]}},"""
                    + """{"id":2147483650,"parent":2147483648}]}""",
            _ => """{"entities":[]}""",
        };

        LoadModelResult result = await ConnectionHarness.Within(
            harness.Connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Engine")), cancellationToken: Token));

        Assert.Equal(3, result.Entities.Count);
        Assert.Equal(["A", "B", "C"], result.Entities[1].FindComponentOfType<MeshComponent>()!.Parts.Select(part => part.Material));
    }

    [Fact]
    public async Task LoadModel_ParentDestroyedMeanwhile_CleanUpIsNoRefusedWrite()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        harness.Host.Handlers["loadModel"] = _ => """{"root":2147483648,"entities":1,"primitives":1}""";
        long list = 0;
        harness.Host.Handlers["listEntities"] = _ =>
        {
            list = harness.Host.LastId;
            return null;
        };
        int told = 0;
        harness.Connection.SceneWritesRefused += (_, _) => told++;
        Entity parent = harness.Connection.CreateEntity();
        Task<LoadModelResult> load = harness.Connection.LoadModelAsync(
            new LoadModelOptions(new Uri("builtin://Engine")) { Parent = parent }, cancellationToken: Token);
        await ConnectionHarness.UntilAsync(() => list > 0);
        parent.Destroy();
        await harness.TickAsync();

        harness.Host.Answer(
            list, link => link.Say($$$"""{"jsonrpc":"2.0","id":{{{list}}},"result":{"entities":[{"id":2147483648,"parent":1}]}}"""));
        RenderingSceneException error = await Assert.ThrowsAsync<RenderingSceneException>(() => ConnectionHarness.Within(load));
        await harness.TickAsync();

        Assert.Equal(RenderingSceneError.InvalidParentId, error.Error);
        Assert.Contains((2, 2147483648u), harness.Host.Scene.Writes);
        Assert.Equal(0, told);
    }

    [Fact]
    public async Task State_ThatTheHostDoesNotDraw_WarnsOnceByName()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync(
            harness => harness.Host.UnsupportedStates = "\"selected\",\"useCutPlaneFilterMask\",\"somethingNew\"");
        harness.Allow("SceneStateUnsupported");
        Assert.Equal(HierarchicalStates.Selected | HierarchicalStates.UseCutPlaneFilterMask, harness.Connection.UnsupportedStates);
        Entity[] entities = [harness.Connection.CreateEntity(), harness.Connection.CreateEntity()];

        foreach (Entity entity in entities)
        {
            var state = (HierarchicalStateOverrideComponent)harness.Connection
                .CreateComponent(ObjectType.HierarchicalStateOverrideComponent, entity);
            state.HiddenState = HierarchicalEnableState.ForceOn;
            state.SelectedState = HierarchicalEnableState.ForceOff;
            Assert.Equal(entity == entities[0] ? 0 : 2, Warnings().Length);
            state.SelectedState = HierarchicalEnableState.ForceOn;
            state.SeeThroughState = HierarchicalEnableState.ForceOn;
            var plane = (CutPlaneComponent)harness.Connection.CreateComponent(ObjectType.CutPlaneComponent, entity);
            plane.CutPlaneFilterMask = 1;
        }

        Assert.Equal(2, Warnings().Length);
        Assert.Contains("the state Selected;", Warnings()[0], StringComparison.Ordinal);
        Assert.Contains("UseCutPlaneFilterMask", Warnings()[1], StringComparison.Ordinal);
        await harness.TickAsync();

        string[] Warnings()
            => [
                .. harness.Log.Entries.Where(
                    entry => entry.Event == "SceneStateUnsupported" && entry.Level == LogLevel.Warning).Select(entry => entry.Text)
            ];
    }

    [Fact]
    public async Task CutPlaneFilterMask_OfAState_Travels()
    {
        await using SceneHarness harness = await SceneHarness.StartAsync();
        Entity entity = harness.Connection.CreateEntity();
        var state = (HierarchicalStateOverrideComponent)harness.Connection
            .CreateComponent(ObjectType.HierarchicalStateOverrideComponent, entity);
        Assert.Equal(255, state.CutPlaneFilterMask);
        state.UseCutPlaneFilterMaskState = HierarchicalEnableState.ForceOn;
        state.ShellState = HierarchicalEnableState.ForceOff;
        state.CutPlaneFilterMask = 6;
        await harness.TickAsync();
        HostEntity there = harness.Host.Scene.Entities[entity.Id];
        Assert.Equal((64u, 128u, 6), (there.State!.Value.On, there.State.Value.Off, there.FilterMask));

        state.CutPlaneFilterMask = 255;
        await harness.TickAsync();
        Assert.Equal(255, there.FilterMask);
        Assert.Equal(HierarchicalEnableState.ForceOn, state.UseCutPlaneFilterMaskState);
        Assert.Equal(HierarchicalEnableState.ForceOff, state.ShellState);
    }
}
