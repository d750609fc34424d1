namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Models;

/// <summary>A connection of a client to the scene of an emulator in this process.</summary>
internal sealed class LoopbackScene : IAsyncDisposable
{
    private readonly SessionEmulator _emulator;
    private readonly RenderingSession _session;

    private LoopbackScene(SessionEmulator emulator, RenderingSession session, RenderingConnection connection)
    {
        _emulator = emulator;
        _session = session;
        Connection = connection;
    }

    public RenderingConnection Connection { get; }

    public static async Task<LoopbackScene> StartAsync(Action<SessionEmulatorOptions>? configure = null)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        SessionEmulator emulator = await SessionEmulator.StartAsync(
            options =>
            {
                options.BootTime = TimeSpan.Zero;
                configure?.Invoke(options);
            },
            token);
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard);
        RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(creation, token);
        await session.WaitUntilReadyAsync(cancellationToken: token);
        return new LoopbackScene(emulator, session, await session.ConnectAsync(cancellationToken: token));
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _emulator.DisposeAsync();
    }
}
