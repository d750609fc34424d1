using System.Numerics;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>
/// How each asynchronous operation of the packages is called, and what else starts background work. None of the code here returns to the
/// context that it was called in.
/// </summary>
internal static class Operations
{
    private static readonly SpatialQueryAabb Everything = new(new Bounds(new Double3(-9, -9, -9), new Double3(9, 9, 9)));

    private static readonly LeaseRenewalOptions KeepForHours = new(TimeSpan.FromHours(8.0))
    {
        Step = TimeSpan.FromMinutes(60.0),
        Threshold = TimeSpan.FromMinutes(30.0),
        RenewWhileDisconnected = true,
    };

    private static readonly Guid Account = new("11111111-0000-4000-8000-000000000001");

    /// <summary>Gets the calls, by the names that <see cref="PublicOperation.All"/> gives.</summary>
    public static IReadOnlyDictionary<string, Func<OperationWorld, Task>> Public { get; } =
        new Dictionary<string, Func<OperationWorld, Task>>(HostOperations.All, StringComparer.Ordinal)
    {
        ["Entity.QueryLocalBoundsAsync(CancellationToken)"] = static world => world.Entity.QueryLocalBoundsAsync(),
        ["Entity.QueryWorldBoundsAsync(CancellationToken)"] = static world => world.Entity.QueryWorldBoundsAsync(),
        ["Entity.QueryMetadataAsync(CancellationToken)"] = static world => world.Entity.QueryMetadataAsync(),
        ["FileRenderingSessionStore.LoadAsync(CancellationToken)"] = static world => world.Store.LoadAsync(),
        ["FileRenderingSessionStore.SaveAsync(RenderingSessionRecord, CancellationToken)"] = static world => world.Store.SaveAsync(
            new RenderingSessionRecord("s", world.Client.Endpoint, world.Client.AccountId, default, "c", "k")),
        ["FileRenderingSessionStore.ClearAsync(CancellationToken)"] = static world => world.Store.ClearAsync(),
        ["InMemorySessionLedger.CreateAsync(SessionCreation, CancellationToken)"] = static _ => Ledger()
            .CreateAsync(new SessionCreation(Account, "s", SessionSize.Standard, 20)).AsTask(),
        ["InMemorySessionLedger.ReadAsync(Guid, String, CancellationToken)"] = static _ => Ledger().ReadAsync(Account, "s").AsTask(),
        ["InMemorySessionLedger.ExtendAsync(Guid, String, Int32, CancellationToken)"] = static _ => Ledger().ExtendAsync(Account, "s", 30)
            .AsTask(),
        ["InMemorySessionLedger.StopAsync(Guid, String, CancellationToken)"] = static _ => Ledger().StopAsync(Account, "s").AsTask(),
        ["InMemorySessionLedger.ListAsync(Guid, Int64, Int32, CancellationToken)"] = static _ => Ledger().ListAsync(Account, 0, 10)
            .AsTask(),
        ["InMemorySessionLedger.ReportReadyAsync(Guid, String, SessionHostAddress, CancellationToken)"] = static _ => Ledger()
            .ReportReadyAsync(Account, "s", null).AsTask(),
        ["InMemorySessionLedger.ReportFailureAsync(Guid, String, SessionFailure, CancellationToken)"] = static _ => Ledger()
            .ReportFailureAsync(Account, "s", new SessionFailure("HostLost", "Lost.")).AsTask(),
        ["RemoteRenderingClient.CreateNewRenderingSessionAsync(RenderingSessionCreationOptions, CancellationToken)"] =
            static world => world.NewClient()
            .CreateNewRenderingSessionAsync(OperationWorld.Creation),
        ["RemoteRenderingClient.CreateRenderingSessionAsync(RenderingSessionCreationOptions, CancellationToken)"] =
            static world => world.NewClient()
            .CreateRenderingSessionAsync(OperationWorld.Creation),
        ["RemoteRenderingClient.GetAccessTokenAsync(CancellationToken)"] = static world => world.NewClient().GetAccessTokenAsync(),
        ["RemoteRenderingClient.OpenRenderingSessionAsync(String, CancellationToken)"] = static world => world.NewClient()
            .OpenRenderingSessionAsync(world.Id),
        ["RemoteRenderingClient.GetCurrentRenderingSessionsAsync(CancellationToken)"] =
            static world => FirstAsync(world.Client.GetCurrentRenderingSessionsAsync()),
        ["RemoteRenderingClient.GetSessionPropertiesAsync(String, CancellationToken)"] =
            static world => world.Client.GetSessionPropertiesAsync(world.Id),
        ["RemoteRenderingClient.UpdateSessionAsync(String, RenderingSessionUpdateOptions, CancellationToken)"] =
            static world => world.Client.UpdateSessionAsync(world.Id, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(20.0))),
        ["RemoteRenderingClient.StopSessionAsync(String, CancellationToken)"] = static world => world.Client.StopSessionAsync(world.Id),
        ["RemoteRenderingClient.OpenLastRenderingSessionAsync(CancellationToken)"] = static world => world.NewClient()
            .OpenLastRenderingSessionAsync(),
        ["RemoteRenderingClient.GetUnownedSessionsAsync(CancellationToken)"] =
            static world => FirstAsync(world.Client.GetUnownedSessionsAsync()),
        ["RemoteRenderingClient.WatchSessionsAsync(CancellationToken)"] = static world => FirstAsync(world.Client.WatchSessionsAsync()),
        ["RemoteRenderingHealthCheck.CheckHealthAsync(HealthCheckContext, CancellationToken)"] =
            static world => new RemoteRenderingHealthCheck(world.NewClient())
            .CheckHealthAsync(new HealthCheckContext()),
        ["RenderingConnection.get_Completion()"] = static async world =>
        {
            await world.Connection.DisconnectAsync().ConfigureAwait(false);
            await world.Connection.Completion.ConfigureAwait(false);
        },
        ["RenderingConnection.get_Changes()"] = static world => FirstAsync(world.Connection.Changes),
        ["RenderingConnection.GetChangesAsync(Int64, CancellationToken)"] = static world => FirstAsync(world.Connection.GetChangesAsync(0)),
        ["RenderingConnection.WaitForChangeAsync(Int64, CancellationToken)"] = static async world =>
        {
            long last = world.Connection.LastChange.Number;
            world.Emulator.HostFaults.Cut(world.Id);
            await world.Connection.WaitForChangeAsync(last).ConfigureAwait(false);
        },
        ["RenderingConnection.DisconnectAsync(CancellationToken)"] = static world => world.Connection.DisconnectAsync(),
        ["RenderingConnection.MeasureRoundTripAsync(CancellationToken)"] = static world => world.Connection.MeasureRoundTripAsync(),
        ["RenderingConnection.RayCastQueryAsync(RayCast, CancellationToken)"] =
            static world => world.Connection.RayCastQueryAsync(new RayCast(new Double3(0, 0, 9), new Double3(0, 0, -9))),
        ["RenderingConnection.SpatialQueryAabbAsync(SpatialQueryAabb, CancellationToken)"] =
            static world => world.Connection.SpatialQueryAabbAsync(Everything),
        ["RenderingConnection.SpatialQuerySphereAsync(SpatialQuerySphere, CancellationToken)"] =
            static world => world.Connection.SpatialQuerySphereAsync(new SpatialQuerySphere(Double3.Zero, 9)),
        [
            "RenderingConnection.SpatialQueryObbAsync(SpatialQueryObb, CancellationToken)"
        ] = static world => world.Connection.SpatialQueryObbAsync(
            new SpatialQueryObb(Double3.Zero, new Double3(9, 9, 9), Quaternion.Identity)),
        ["RenderingConnection.QueryServerPerformanceAssessmentAsync(CancellationToken)"] =
            static world => world.Connection.QueryServerPerformanceAssessmentAsync(),
        ["RenderingConnection.CaptureFrameAsync(RenderingCamera, Int32, Int32, CancellationToken)"] =
            static world => world.Connection.CaptureFrameAsync(Camera, 16, 16),
        ["RenderingConnection.GetPreviewAsync(RenderingPreviewOptions, CancellationToken)"] =
            static world => FirstAsync(world.Connection.GetPreviewAsync(new RenderingPreviewOptions(Camera) { Width = 16, Height = 16 })),
        ["RenderingConnection.LoadModelAsync(LoadModelOptions, IProgress`1, CancellationToken)"] =
            static world => world.Connection.LoadModelAsync(OperationWorld.Model),
        ["RenderingLeaseRenewal.get_Completion()"] = static async world =>
        {
            RenderingLeaseRenewal renewal = world.Session.StartLeaseRenewal(KeepForHours);
            await world.Session.StopAsync().ConfigureAwait(false);
            await renewal.Completion.ConfigureAwait(false);
        },
        ["RenderingLeaseRenewal.StopAsync(CancellationToken)"] = static world => world.Session.StartLeaseRenewal(KeepForHours).StopAsync(),
        ["RenderingLeaseRenewal.DisposeAsync()"] = static world => world.Session.StartLeaseRenewal(KeepForHours).DisposeAsync().AsTask(),
        ["RenderingSession.ConnectAsync(RenderingConnectionOptions, CancellationToken)"] = static async world =>
        {
            RenderingSession other = await world.NewSessionAsync().ConfigureAwait(false);
            await other.ConnectAsync(new RenderingConnectionOptions { LeaseRenewal = KeepForHours }).ConfigureAwait(false);
            await other.DisposeAsync().ConfigureAwait(false);
        },
        ["RenderingSession.DisconnectAsync(CancellationToken)"] = static world => world.Session.DisconnectAsync(),
        ["RenderingSession.GetPropertiesAsync(CancellationToken)"] = static world => world.Session.GetPropertiesAsync(),
        ["RenderingSession.StopAsync(CancellationToken)"] = static world => world.Session.StopAsync(),
        ["RenderingSession.DisposeAsync()"] = static world => world.Session.DisposeAsync().AsTask(),
        ["RenderingSession.RenewAsync(RenderingSessionUpdateOptions, CancellationToken)"] =
            static world => world.Session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30.0))),
        ["RenderingSession.ExtendLeaseAsync(TimeSpan, CancellationToken)"] =
            static world => world.Session.ExtendLeaseAsync(TimeSpan.FromMinutes(5.0)),
        ["RenderingSession.WaitUntilReadyAsync(IProgress`1, CancellationToken)"] = static world => world.NewSessionAsync(),
        ["RenderingSession.WaitUntilReadyAsync(RenderingSessionWaitOptions, IProgress`1, CancellationToken)"] = static async world =>
        {
            // One that is given up: it is stopped in the background, and disposing waits for that.
            RenderingSession other = await world.NewClient().CreateNewRenderingSessionAsync(OperationWorld.Creation).ConfigureAwait(false);
            try
            {
                await other.WaitUntilReadyAsync(
                    new RenderingSessionWaitOptions { StopWhenAbandoned = true }, null,
                    new CancellationToken(canceled: true)).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
            }

            await other.DisposeAsync().ConfigureAwait(false);
        },
        ["RenderingSession.WatchAsync(CancellationToken)"] = static world => FirstAsync(world.Session.WatchAsync()),
        ["RenderingSessionPool.TakeAsync(CancellationToken)"] = static async world =>
        {
            RenderingSessionPool pool = NewPool(world);
            RenderingSession session = await pool.TakeAsync().ConfigureAwait(false);
            await session.StopAsync().ConfigureAwait(false);
            await pool.DisposeAsync().ConfigureAwait(false);
        },
        ["RenderingSessionPool.DisposeAsync()"] = static world => NewPool(world).DisposeAsync().AsTask(),
        ["WebSocketRenderingTransport.ConnectAsync(RenderingTransportContext, CancellationToken)"] = static async world =>
        {
            try
            {
                await new WebSocketRenderingTransport()
                    .ConnectAsync(
                        new RenderingTransportContext(new UriBuilder(world.Emulator.Endpoint) { Scheme = "ws" }.Uri, "no token", 1_000))
                    .ConfigureAwait(false);
            }
            catch (RenderingConnectionException)
            {
                // Nothing listens there, or it refuses the token.
            }
        },
        ["SessionEmulator.StartAsync(Action`1, CancellationToken)"] = static async _ =>
        {
            SessionEmulator emulator = await OperationWorld.StartEmulatorAsync(hasPort: true).ConfigureAwait(false);
            await emulator.DisposeAsync().ConfigureAwait(false);
        },
        ["SceneFeature.DisposeAsync()"] = static _ =>
        {
            var software = new SoftwareSceneRenderer();
            return new SceneFeature(software, software).DisposeAsync().AsTask();
        },
        ["SoftwareSceneRenderer.LoadModelAsync(SceneModelFile, SceneLimits, Action`1, CancellationToken)"] = static async _ =>
        {
            var file = new SceneModelFile(
                """{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"name":"a"}]}"""u8.ToArray(), "a.gltf", "a");
            await new SoftwareSceneRenderer()
                .LoadModelAsync(file, new SceneLimits(1_000, 1_000, null), static _ => { }, CancellationToken.None).ConfigureAwait(false);
        },
        ["SoftwareSceneRenderer.DrawAsync(SceneSnapshot, CameraPose, Int32, Int32, CancellationToken)"] =
            static _ => new SoftwareSceneRenderer()
            .DrawAsync(
                new SceneSnapshot(default, default), new CameraPose(default, Quaternion.Identity, 60, 0.1, 100), 16, 16,
                CancellationToken.None).AsTask(),
        ["SceneModelFile.OpenNeighbourAsync(String, CancellationToken)"] = static _
            => new SceneModelFile(default, "a.gltf", "a", static (_, _) => Task.FromResult(new byte[1]))
                .OpenNeighbourAsync("b.bin", CancellationToken.None),
        ["SessionEmulator.DisposeAsync()"] = static async _ =>
        {
            SessionEmulator emulator = await OperationWorld.StartEmulatorAsync(hasPort: false).ConfigureAwait(false);
            RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(OperationWorld.Creation)
                .ConfigureAwait(false);
            await session.WaitUntilReadyAsync().ConfigureAwait(false);
            await session.ConnectAsync().ConfigureAwait(false);
            await emulator.DisposeAsync().ConfigureAwait(false);
            await session.DisposeAsync().ConfigureAwait(false);
        },
        ["VirtualTimeProvider.WaitForTimersAsync(Int32, CancellationToken)"] = static async _ =>
        {
            var time = new VirtualTimeProvider();
            Task waiting = time.WaitForTimersAsync(1);
            await using ITimer timer = time.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(1.0), Timeout.InfiniteTimeSpan);
            await waiting.ConfigureAwait(false);
        },
    };

    /// <summary>Gets what is no asynchronous member, and starts work all the same.</summary>
    public static IReadOnlyDictionary<string, Func<OperationWorld, Task>> Others { get; } =
        new Dictionary<string, Func<OperationWorld, Task>>(StringComparer.Ordinal)
    {
        ["a renewal that renews"] = static async world =>
        {
            var renewed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            RenderingSession other = await world.NewSessionAsync().ConfigureAwait(false);
            TimeSpan granted = world.Emulator.FindSession(other.SessionUuid)!.MaxLeaseTime;
            RenderingLeaseRenewal renewal = other.StartLeaseRenewal(KeepForHours);
            renewal.Changed += (_, change) => renewed.TrySetResult();
            if (world.Emulator.FindSession(other.SessionUuid)!.MaxLeaseTime > granted)
            {
                // The renewal was faster than its subscriber.
                renewed.TrySetResult();
            }

            await renewed.Task.ConfigureAwait(false);
            await other.DisposeAsync().ConfigureAwait(false);
        },
        ["a session that is stopped with its handle"] = static async world =>
        {
            RenderingSession other = await world.NewClient()
                .CreateNewRenderingSessionAsync(
                    new RenderingSessionCreationOptions(
                        TimeSpan.FromMinutes(10.0), RenderingSessionVmSize.Standard) { StopOnDispose = true })
                .ConfigureAwait(false);
            await other.WaitUntilReadyAsync().ConfigureAwait(false);
            await other.ConnectAsync().ConfigureAwait(false);
            await other.DisposeAsync().ConfigureAwait(false);
            Assert.Equal(SessionState.Stopped, world.Emulator.FindSession(other.SessionUuid)!.State);
        },
        ["a connection that comes back"] = static async world =>
        {
            long last = world.Connection.LastChange.Number;
            world.Emulator.HostFaults.Cut(world.Id);
            last = (await world.Connection.WaitForChangeAsync(last).ConfigureAwait(false)).Number;
            world.Connection.ReconnectNow();
            while (world.Connection.Status != ConnectionStatus.Connected)
            {
                last = (await world.Connection.WaitForChangeAsync(last).ConfigureAwait(false)).Number;
            }
        },
        ["writes that are sent by the timer"] = static async world =>
        {
            var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            world.Connection.SceneWritesRefused += (_, _) => refused.TrySetResult();
            world.Entity.Position = new Double3(1, 2, 3);
            world.Connection.CreateEntity(world.Entity).Scale = Vector3.One;
            await world.Connection.MeasureRoundTripAsync().ConfigureAwait(false);
            Assert.False(refused.Task.IsCompleted);
        },
        ["a session that the service ends while it is used"] = static async world =>
        {
            TestLog.Expect("SessionEnded", "ConnectionGivenUp");
            world.Emulator.StopSession(world.Id);
            await world.Connection.Completion.ConfigureAwait(false);
        },
        ["hosted services"] = static async world =>
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddRemoteRendering(Settings.ForEmulator()).HttpClient.ConfigurePrimaryHttpMessageHandler(world.Emulator.CreateHandler);
            await using ServiceProvider provider = services.BuildServiceProvider();
            foreach (IHostedService service in provider.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
                await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }

            await FirstAsync(provider.GetRequiredService<RemoteRenderingClient>().GetCurrentRenderingSessionsAsync()).ConfigureAwait(false);
        },
    };

    private static RenderingCamera Camera => RenderingCamera.LookAt(new Double3(0, 0, 5), Double3.Zero);

    private static RenderingSessionPool NewPool(OperationWorld world)
        => new(world.NewClient(), new RenderingSessionPoolOptions(readySessions: 1, TimeSpan.FromMinutes(10.0), TimeSpan.FromHours(8.0)));

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (T _ in stream.ConfigureAwait(false))
        {
            break;
        }
    }

    private static InMemorySessionLedger Ledger() => new(new InMemorySessionLedgerOptions());
}
