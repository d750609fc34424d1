using System.Net.WebSockets;
using NSubstitute;
using RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer;

namespace RemoteRendering.Sessions.DependencyInjection.Tests;

/// <summary>An object of the packages may be disposed of again, and by two callers at once.</summary>
public class DisposalTests
{
    private static readonly Dictionary<string, Func<OperationWorld, ValueTask<object>>> s_makers = new()
    {
        [nameof(FileRenderingSessionStore)] = static world => new(world.Store),
        [nameof(RenderingHost)] = static world => new(new RenderingHost(Substitute.For<IHostSessions>(), [])),
        [nameof(RenderingLeaseRenewal)] = static async world => (await world.NewSessionAsync())
            .StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1))),
        [nameof(RenderingSession)] = static async world => await world.NewSessionAsync(),
        [nameof(RenderingSessionPool)] = static world => new(
            new RenderingSessionPool(
                world.NewClient(), new RenderingSessionPoolOptions(1, TimeSpan.FromMinutes(10), TimeSpan.FromHours(8)))),
        [nameof(SceneFeature)] = static world => new(new SceneFeature(new SoftwareSceneRenderer(), new SoftwareSceneRenderer())),
        [nameof(SessionEmulator)] = static async world => await OperationWorld.StartEmulatorAsync(hasPort: true),
        [nameof(WebSocketHostLink)] = static world =>
            new(new WebSocketHostLink(WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { IsServer = true }))),
    };

    public static TheoryData<string> Types =>
    [
        .. from package in Packages.All
           from type in package.GetExportedTypes()
           where !type.IsAbstract && (typeof(IDisposable).IsAssignableFrom(type) || typeof(IAsyncDisposable).IsAssignableFrom(type))
           select type.Name,
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Dispose_AgainAndAtOnce_HasNoFurtherEffect(string type)
    {
        await using SessionEmulator emulator = await OperationWorld.StartEmulatorAsync(hasPort: false);
        await using OperationWorld world = await OperationWorld.StartAsync(emulator);
        object subject = await s_makers[type](world);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => DisposeAsync(subject)));
        await DisposeAsync(subject);
    }

    [Fact]
    public async Task Host_DisposedOf_TakesNoLinkAndAnnouncesNothing()
    {
        var host = new RenderingHost(Substitute.For<IHostSessions>(), []);
        await host.DisposeAsync();

        using var link =
            new WebSocketHostLink(WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { IsServer = true }));
        await host.ServeAsync(link, "token", TestContext.Current.CancellationToken);
        Assert.Empty(host.Connections);
        Assert.Throws<ObjectDisposedException>(() => host.AnnounceRestart(TimeSpan.FromSeconds(1), TimeSpan.Zero, comeBack: true));
    }

    private static async Task DisposeAsync(object subject)
    {
        if (subject is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            ((IDisposable)subject).Dispose();
        }
    }
}
