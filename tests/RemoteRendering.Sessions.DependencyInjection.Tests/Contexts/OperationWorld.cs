using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>What an operation needs: a session of its own, connected, with an entity.</summary>
internal sealed class OperationWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rrs-context-").FullName;

    private OperationWorld(SessionEmulator emulator) => Emulator = emulator;

    public SessionEmulator Emulator { get; }

    public RemoteRenderingClient Client { get; private set; } = null!;

    public RenderingSession Session { get; private set; } = null!;

    public RenderingConnection Connection { get; private set; } = null!;

    public Entity Entity { get; private set; } = null!;

    public FileRenderingSessionStore Store { get; private set; } = null!;

    public string Id => Session.SessionUuid;

    public static RenderingSessionCreationOptions Creation => new(TimeSpan.FromMinutes(10.0), RenderingSessionVmSize.Standard);

    public static LoadModelOptions Model => new(new Uri("builtin://box"));

    public static Task<SessionEmulator> StartEmulatorAsync(bool hasPort) => SessionEmulator.StartAsync(options =>
    {
        options.BootTime = TimeSpan.Zero;
        options.HttpPort = hasPort ? 0 : null;
    });

    public static async Task<OperationWorld> StartAsync(SessionEmulator emulator)
    {
        var world = new OperationWorld(emulator);
        world.Store = new FileRenderingSessionStore(Path.Combine(world._folder, "last.json"));
        world.Client = world.NewClient();
        world.Session = await world.Client.CreateNewRenderingSessionAsync(Creation);
        await world.Session.WaitUntilReadyAsync();
        world.Connection = await world.Session.ConnectAsync();
        world.Entity = (await world.Connection.LoadModelAsync(Model)).Root;

        // Each operation finds out that it needs another token, and exchanges it.
        emulator.RevokeTokens();
        return world;
    }

    /// <summary>Makes a client whose first call exchanges a token.</summary>
    public RemoteRenderingClient NewClient() => Emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = Store });

    /// <summary>Makes another session, which is not connected.</summary>
    public async Task<RenderingSession> NewSessionAsync()
    {
        RenderingSession session = await NewClient().CreateNewRenderingSessionAsync(Creation).ConfigureAwait(false);
        await session.WaitUntilReadyAsync().ConfigureAwait(false);
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
