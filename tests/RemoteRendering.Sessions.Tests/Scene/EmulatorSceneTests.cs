using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Scene;

/// <summary>
/// The scene against the emulator's host, over loopback and on the real clock. Expected numbers are those of the box that is sent.
/// </summary>
public sealed class EmulatorSceneTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Box_UploadedAndMoved_IsWhereTheFormulaSays()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero, Token);
        await using RenderingSession session = await ReadyAsync(emulator);
        RenderingConnection connection = await session.ConnectAsync(cancellationToken: Token);
        bool refused = false;
        connection.SceneWritesRefused += (_, _) => refused = true;

        LoadModelResult model = await ConnectionHarness.Within(
            connection.LoadModelAsync(new LoadModelOptions(new MemoryStream(Box()), "box.glb"), cancellationToken: Token));
        Entity box = model.Root.FindFirstEntity(static entity => entity.Name == "Box")!;
        Assert.Equal(12, model.Primitives);
        Assert.Equal("A-7", (await box.QueryMetadataAsync(Token)).GetMetadataByName("part")!.AsString);
        Assert.Equal(new Bounds(new Double3(-1, -2, -3), new Double3(1, 2, 3)), await box.QueryLocalBoundsAsync(Token));
        Assert.Equal(new Bounds(new Double3(9, -2, -3), new Double3(11, 2, 3)), await box.QueryWorldBoundsAsync(Token));

        // Far from the origin, below another entity that is twice as large: the front is then at 1e7 + 6.
        Entity pivot = connection.CreateEntity();
        pivot.SetTransform(new Double3(1e7, 0, 1e7), Quaternion.Identity, new Vector3(2));
        box.Parent = pivot;
        box.Position = Double3.Zero;
        RayCastHit hit = Assert.Single(
            (
                await connection.RayCastQueryAsync(
                    new RayCast(new Double3(1e7 + 0.5, 0.25, 1e7 + 100), new Double3(0, 0, -1), 200), Token)).Hits);
        Assert.Same(box, hit.HitEntity);
        Assert.Equal(94, hit.DistanceToHit, 3);
        Assert.Equal(1e7 + 6, hit.HitPosition.Z, 3);
        Assert.Equal(new Double3(0, 0, 1), hit.HitNormal);
        Assert.Equal(2, (await connection.RayCastQueryAsync(
            new RayCast(new Double3(1e7 + 0.5, 0.25, 1e7 + 100), new Double3(0, 0, -1), 200, HitCollectionPolicy.ClosestHits, 0),
            Token)).Hits.Count);

        Assert.Same(
            box,
            Assert.Single(
                (
                    await connection.SpatialQuerySphereAsync(
                        new SpatialQuerySphere(new Double3(1e7, 0, 1e7 + 7), 1.5), Token)).Overlaps).Owner);
        Assert.Empty((await connection.SpatialQuerySphereAsync(new SpatialQuerySphere(new Double3(1e7, 0, 1e7 + 8), 1.5), Token)).Overlaps);

        var state = (HierarchicalStateOverrideComponent)connection.CreateComponent(ObjectType.HierarchicalStateOverrideComponent, pivot);
        state.DisableCollisionState = HierarchicalEnableState.ForceOn;
        Assert.Empty(
            (await connection.RayCastQueryAsync(new RayCast(new Double3(1e7, 0, 1e7 + 100), new Double3(1e7, 0, 1e7)), Token)).Hits);

        RenderingPicture picture = await connection.CaptureFrameAsync(
            RenderingCamera.LookAt(new Double3(1e7, 5, 1e7 + 20), new Double3(1e7, 0, 1e7)), 64, 48, Token);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture.Png.Span[..4].ToArray());
        model.Root.Destroy();
        pivot.Destroy();
        Assert.Null(await connection.CreateEntity().QueryWorldBoundsAsync(Token));
        Assert.False(refused);
    }

    [Fact]
    public async Task LoadModel_ThatIsNone_SaysSoAndChangesNothing()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero, Token);
        await using RenderingSession session = await ReadyAsync(emulator);
        RenderingConnection connection = await session.ConnectAsync(cancellationToken: Token);

        RenderingSceneException none = await Assert.ThrowsAsync<RenderingSceneException>(
            () =>
                connection.LoadModelAsync(
                    new LoadModelOptions(new MemoryStream(Encoding.UTF8.GetBytes("no model")), "readme.txt"), cancellationToken: Token));
        Assert.Equal((RenderingSceneError.FailedToOpenFile, "readme.txt"), (none.Error, none.File));
        RenderingSceneException cut = await Assert.ThrowsAsync<RenderingSceneException>(
            () => connection.LoadModelAsync(new LoadModelOptions(new MemoryStream(Box()[..^40]), "cut.glb"), cancellationToken: Token));
        Assert.Equal(RenderingSceneError.FileCorrupt, cut.Error);
        RenderingSceneException missing = await Assert.ThrowsAsync<RenderingSceneException>(
            () => connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Nothing")), cancellationToken: Token));
        Assert.Equal(RenderingSceneError.FileNotFound, missing.Error);

        Assert.True(connection.CreateEntity().IsValid);
        Assert.True(
            (
                await connection.LoadModelAsync(
                    new LoadModelOptions(new Uri("builtin://Engine")), cancellationToken: Token)).Entities.Count > 10);
    }

    private static async Task<RenderingSession> ReadyAsync(SessionEmulator emulator)
    {
        RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard), Token);
        await session.WaitUntilReadyAsync(cancellationToken: Token);
        return session;
    }

    /// <summary>A GLB with one box of 2 by 4 by 6 metres at (10, 0, 0).</summary>
    private static byte[] Box()
    {
        byte[] binary = new byte[168];
        for (int corner = 0; corner < 8; corner++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(binary.AsSpan(corner * 12), (corner & 4) == 0 ? -1 : 1);
            BinaryPrimitives.WriteSingleLittleEndian(binary.AsSpan((corner * 12) + 4), (corner & 2) == 0 ? -2 : 2);
            BinaryPrimitives.WriteSingleLittleEndian(binary.AsSpan((corner * 12) + 8), (corner & 1) == 0 ? -3 : 3);
        }

        ushort[] indices = [0, 1, 3, 0, 3, 2, 4, 6, 7, 4, 7, 5, 0, 4, 5, 0, 5, 1, 2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 5, 7, 1, 7, 3];
        for (int i = 0; i < indices.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(binary.AsSpan(96 + (i * 2)), indices[i]);
        }

        string json = """
            {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"name":"Box","mesh":0,"translation":[10,0,0],"extras":{"part":"A-7"}}],
            "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],
            "accessors":[{"bufferView":0,"componentType":5126,"count":8,"type":"VEC3","min":[-1,-2,-3],"max":[1,2,3]},{"bufferView":1,"componentType":5123,"count":36,"type":"SCALAR"}],
            "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":96},{"buffer":0,"byteOffset":96,"byteLength":72}],"buffers":[{"byteLength":168}]}
            """;
        byte[] text = Encoding.UTF8.GetBytes(json.PadRight((json.Length + 3) / 4 * 4));
        byte[] file = new byte[12 + 8 + text.Length + 8 + binary.Length];
        uint[] head = [0x46546C67, 2, (uint)file.Length, (uint)text.Length, 0x4E4F534A];
        for (int i = 0; i < head.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(i * 4), head[i]);
        }

        text.CopyTo(file, 20);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(20 + text.Length), (uint)binary.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24 + text.Length), 0x004E4942);
        binary.CopyTo(file, 28 + text.Length);
        return file;
    }
}
