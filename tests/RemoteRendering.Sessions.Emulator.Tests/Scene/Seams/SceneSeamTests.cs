using System.Text;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Models;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Seams;

/// <summary>A host with a geometry and a renderer of its user's own serves a client like any other.</summary>
public class SceneSeamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnGeometryAndRenderer_ServeAClient()
    {
        await using LoopbackScene scene = await StartAsync();
        RenderingConnection connection = scene.Connection;

        LoadModelResult loaded = await connection.LoadModelAsync(
            new LoadModelOptions(new MemoryStream(Encoding.UTF8.GetBytes("2 4 6")), "crate.box"), cancellationToken: Token);
        Entity box = loaded.Root.FindFirstEntity(static entity => entity.Name == "crate.boxBox")!;
        Assert.Equal(12, loaded.Primitives);
        Assert.Equal("box", Assert.Single(loaded.Warnings).Place);
        Assert.Equal(new Bounds(new Double3(-1, -2, -3), new Double3(1, 2, 3)), await box.QueryLocalBoundsAsync(Token));

        box.Position = new Double3(10, 0, 0);
        Assert.Equal(new Bounds(new Double3(9, -2, -3), new Double3(11, 2, 3)), await box.QueryWorldBoundsAsync(Token));

        RayCastHit hit =
            Assert.Single((await connection.RayCastQueryAsync(new RayCast(new Double3(10, 0, 10), new Double3(10, 0, -10)), Token)).Hits);
        Assert.Same(box, hit.HitEntity);
        Assert.Equal((7, new Double3(0, 0, 1)), (hit.DistanceToHit, hit.HitNormal));

        Assert.Same(
            box,
            Assert.Single(
                (await connection.SpatialQuerySphereAsync(new SpatialQuerySphere(new Double3(8, 0, 0), 1.5), Token)).Overlaps).Owner);
        Assert.Empty((await connection.SpatialQuerySphereAsync(new SpatialQuerySphere(new Double3(8, 0, 0), 0.5), Token)).Overlaps);
        Assert.Single(
            (
                await connection.SpatialQueryAabbAsync(
                    new SpatialQueryAabb(new Bounds(new Double3(10, 0, 0), new Double3(10.1, 1, 1))), Token)).Overlaps);
        Assert.Equal(HierarchicalStates.Hidden, connection.UnsupportedStates);
        Assert.Equal(new Pixel(0, 0, 200, 255), await CaptureAsync(connection));

        loaded.Root.Destroy();
        Assert.Equal(new Pixel(0, 0, 0, 255), await CaptureAsync(connection));
    }

    [Fact]
    public async Task OwnGeometry_RefusesAFile_ClientGetsItsWords()
    {
        await using LoopbackScene scene = await StartAsync();

        RenderingSceneException refused = await Assert.ThrowsAsync<RenderingSceneException>(() => scene.Connection.LoadModelAsync(
            new LoadModelOptions(new MemoryStream("2 4"u8.ToArray()), "crate.box"), cancellationToken: Token));

        Assert.Equal(RenderingSceneError.FileCorrupt, refused.Error);
        Assert.Contains("'crate.box' is no box.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnGeometry_GivesOneMeshToManyModels_EachHostCountsItOnce()
    {
        await using LoopbackScene scene = await StartAsync(options => options.Scene.MaxMemoryBytes = 300);
        await using LoopbackScene other = await StartAsync(options => options.Scene.MaxMemoryBytes = 300);

        foreach (RenderingConnection connection in (RenderingConnection[])[scene.Connection, other.Connection])
        {
            var roots = new List<Entity>();
            for (int i = 0; i < 2; i++)
            {
                roots.Add(
                    (await connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://cube")), cancellationToken: Token)).Root);
            }

            roots.ForEach(static root => root.Destroy());
            Assert.NotNull(await connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://cube")), cancellationToken: Token));
        }
    }

    [Fact]
    public async Task OwnRenderer_DrawsAnotherSize_IsAnError()
    {
        var renderer = new PlainRenderer { Width = 3 };
        await using LoopbackScene scene = await StartAsync(options => options.Scene.Renderer = renderer);

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => CaptureAsync(scene.Connection));

        Assert.Contains("3 x 8 instead of 8 x 8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnGeometry_WithoutARenderer_IsRefusedUnlessThereAreNoPictures()
    {
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => LoopbackScene.StartAsync(static options => options.Scene.Geometry = new BoxGeometry()));
        Assert.Contains("Renderer", refused.Message, StringComparison.Ordinal);

        await using LoopbackScene scene = await LoopbackScene.StartAsync(static options =>
        {
            options.Scene.Geometry = new BoxGeometry();
            options.Scene.HasFrames = false;
        });
        Assert.NotNull(await scene.Connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://cube")), cancellationToken: Token));
    }

    [Fact]
    public void Snapshot_GetOrAdd_KeepsOneOfEachType()
    {
        var snapshot = new SceneSnapshot(default, default);

        var first = snapshot.GetOrAdd(static _ => new StringBuilder("tree"));
        Assert.Same(first, snapshot.GetOrAdd<StringBuilder>(static _ => throw new InvalidOperationException()));
        Assert.Equal("buffers", snapshot.GetOrAdd(static _ => "buffers"));
        Assert.Same(first, snapshot.GetOrAdd<StringBuilder>(static _ => throw new InvalidOperationException()));
        Assert.Empty(snapshot.Instances);
        Assert.Empty(snapshot.Cuts);
    }

    private static Task<LoopbackScene> StartAsync(Action<SessionEmulatorOptions>? configure = null) => LoopbackScene.StartAsync(options =>
    {
        options.Scene.Geometry = new BoxGeometry();
        options.Scene.Renderer = new PlainRenderer();
        configure?.Invoke(options);
    });

    private static async Task<Pixel> CaptureAsync(RenderingConnection connection)
    {
        RenderingPicture picture =
            await connection.CaptureFrameAsync(RenderingCamera.LookAt(new Double3(0, 5, 20), Double3.Zero), 8, 8, Token);
        return Picture.Read(picture.Png.ToArray())[4, 4];
    }
}
