using System.Collections.Concurrent;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Storage;
using RemoteRendering.Sessions.Tests.Storage.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>What goes wrong has an outcome that is written down (connection.md), and the handle works on when the cause is gone.</summary>
public sealed class BadDayTests
{
    private static readonly RenderingConnectionOptions Once = new() { InitialConnectPolicy = RenderingReconnectPolicy.Never };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("BadDay", "wrong host")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task WrongHost_SaysUnreachable_AndFollowsTheServiceToTheRightOne()
    {
        string hostname = "wrong.test";
        var host = new FakeHost();

        // On a clock that stands still, a wait ends only when the service has said where the session is.
        var service =
            new ScriptedService { Otherwise = _ => ScriptedSession.Answer("Ready", hostname: hostname), Time = new VirtualTimeProvider() };
        await using RenderingSession session = await ScriptedSession.OpenAsync(host, service);
        host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeUnreachable, "No such name."));
        await RefusedAsync(session, RenderingConnectionReason.HandshakeUnreachable);

        // The refused connection has asked the service too; an answer under way would be the answer to the next question as well.
        await Quiescence.WaitAsync();
        hostname = "right.test";
        host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeUnreachable, "No such name."));
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));

        Assert.Equal(["wrong.test", "wrong.test", "right.test"], host.Contexts.Select(context => context.Address.Host));
    }

    [Fact]
    [Trait("BadDay", "certificate not trusted")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task WrongCertificate_IsFinal()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(
            options =>
            {
                options.BootTime = TimeSpan.Zero;
                options.HttpsPort = 0;
            },
            Token);
        bool trusted = false;
        var options = new RemoteRenderingClientOptions
        {
            ConnectionTransport =
                new WebSocketRenderingTransport(socket => socket.RemoteCertificateValidationCallback = (_, _, _, _) => trusted),
        };
        await using RenderingSession session = await CreateAsync(emulator.CreateClient(options));

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(
            () => ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token)));

        Assert.Equal(RenderingConnectionReason.CertificateRejected, error.Reason);
        Assert.Equal(0, emulator.HostFaults.UpgradeCount);
        trusted = true;
        await WorksAsync(session);
    }

    [Fact]
    [Trait("BadDay", "access token expired or revoked")]
    public async Task ExpiredToken_IsReplacedOnce()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        emulator.RevokeTokens();

        await WorksAsync(session);

        Assert.Equal(2, emulator.HostFaults.UpgradeCount);
    }

    [Fact]
    [Trait("BadDay", "the fresh token is refused too")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task ExpiredToken_TheFreshOneToo_Ends()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        emulator.HostFaults.RefuseUpgrades(2, statusCode: 401);

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(
            () => ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token)));

        Assert.Equal(RenderingConnectionReason.AuthenticationFailed, error.Reason);
        Assert.Equal(2, emulator.HostFaults.UpgradeCount);
        await WorksAsync(session);
    }

    [Fact]
    [Trait("BadDay", "session not ready")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task SessionNotReady_SaysSo()
    {
        var host = new FakeHost();
        string status = "Starting";
        await using RenderingSession session =
            await ScriptedSession.OpenAsync(host, new ScriptedService { Otherwise = _ => ScriptedSession.Answer(status) });
        await RefusedAsync(session, RenderingConnectionReason.SessionNotReady);
        Assert.Equal(0, host.Attempts);

        status = "Ready";
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));
    }

    [Fact]
    [Trait("BadDay", "session ended")]
    [ExpectedLog("SessionEnded", "ConnectionGivenUp")]
    public async Task SessionEnded_SaysHow_AndTheHandleStillAnswers()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        await WorksAsync(session);
        emulator.StopSession(session.SessionUuid);
        await ConnectionHarness.UntilAsync(() => session.ConnectionStatus == ConnectionStatus.Disconnected);
        await session.GetPropertiesAsync(Token);

        await RefusedAsync(session, RenderingConnectionReason.SessionStopped);

        Assert.Equal(RenderingSessionStatus.Stopped, (await session.GetPropertiesAsync(Token)).Status);
        await session.StopAsync(Token);
        await ConnectionHarness.Within(session.DisconnectAsync(Token));
    }

    [Fact]
    [Trait("BadDay", "host speaks another version")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task HostOfAnotherProtocolVersion_IsFinal()
    {
        var host = new FakeHost();
        await using RenderingSession session = await ScriptedSession.OpenAsync(host);
        host.RefuseNext(911, "ProtocolVersionMismatch");
        await Assert.ThrowsAsync<RenderingConnectionException>(
            () => ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token)));
        Assert.Equal(1, host.Attempts);

        host.FailNext(
            new RenderingConnectionException(RenderingConnectionReason.ProtocolVersionMismatch, "It selects another sub-protocol."));
        await Assert.ThrowsAsync<RenderingConnectionException>(
            () => ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token)));
        Assert.Equal(2, host.Attempts);

        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));
    }

    [Fact]
    [Trait("BadDay", "another device holds the session")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task RefusedBinding_IsFinal_UntilTheHolderHasGone()
    {
        await using SessionEmulator emulator = await StartAsync(options => options.Host.ReleaseOnDisconnect = true);
        await using RenderingSession holder = await CreateAsync(emulator.CreateClient());
        await WorksAsync(holder);
        await using RenderingSession session = await emulator.CreateClient().OpenRenderingSessionAsync(holder.SessionUuid, Token);
        await RefusedAsync(session, RenderingConnectionReason.OtherSessionConnected);

        await ConnectionHarness.Within(holder.DisconnectAsync(Token));

        await WorksAsync(session);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"result":null}""")]
    [Trait("BadDay", "malformed or unexpected frame")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task GarbageFrame_EndsWithProtocolError(string frame)
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        RenderingConnection connection = await WorksAsync(session);

        emulator.HostFaults.Inject(frame);

        Assert.Equal(RenderingConnectionReason.ProtocolError, (await ConnectionHarness.Within(connection.Completion)).Reason);
        await WorksAsync(session);
    }

    [Fact]
    [Trait("BadDay", "host restarts")]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task HostRestarts_IsAnnounced_ThenToldWithItsReason()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(options =>
        {
            options.TimeProvider = time;
            options.Host.KeepAlive = TimeSpan.FromMinutes(10);
            options.Host.DeadAfter = TimeSpan.FromHours(1);
        });
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        RenderingConnection connection = await WorksAsync(session);
        emulator.HostFaults.AnnounceRestart(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2));
        RenderingConnectionChange announced = await ConnectionHarness.Within(connection.WaitForChangeAsync(2, Token));
        Assert.Equal((ConnectionStatus.Connected, RenderingConnectionReason.Maintenance), (announced.Status, announced.Reason));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(32)), (announced.EndsIn, announced.RetryAfter));

        await time.PassAsync(TimeSpan.FromSeconds(30));
        RenderingConnectionChange lost = await ConnectionHarness.Within(connection.WaitForChangeAsync(3, Token));

        Assert.Equal((ConnectionStatus.Reconnecting, RenderingConnectionReason.Maintenance), (lost.Status, lost.Reason));
        Assert.Equal(TimeSpan.FromSeconds(2), lost.RetryAfter);
    }

    [Fact]
    [Trait("BadDay", "callback throws")]
    [ExpectedLog("ConnectionCallbackFailed")]
    public async Task CallbackThrows_IsLogged_AndEverybodyElseIsTold()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        var told = new ConcurrentQueue<ConnectionStatus>();
        session.ConnectionStatusChanged += (_, _) => throw new InvalidTimeZoneException("A bug of the application.");
        session.ConnectionStatusChanged += (_, arguments) => told.Enqueue(arguments.Status);

        RenderingConnection connection = await WorksAsync(session);
        connection.Lost.Register(() => throw new InvalidTimeZoneException("Another one."));
        await ConnectionHarness.Within(session.DisconnectAsync(Token));

        await ConnectionHarness.UntilAsync(() => told.Count == 3);
        await WorksAsync(session);
    }

    [Fact]
    [Trait("BadDay", "callback blocks")]
    [ExpectedLog("ConnectionCallbackFailed")]
    public async Task CallbackBlocks_HoldsBackOtherCallbacksAndNothingElse()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await CreateAsync(emulator.CreateClient());
        using var mayEnd = new ManualResetEventSlim();
        var told = new ConcurrentQueue<ConnectionStatus>();
        session.ConnectionStatusChanged += (_, arguments) =>
        {
            mayEnd.Wait(ConnectionHarness.Patience);
            told.Enqueue(arguments.Status);
        };

        RenderingConnection first = await WorksAsync(session);
        await ConnectionHarness.Within(session.DisconnectAsync(Token));
        await ConnectionHarness.Within(first.Completion);
        await WorksAsync(session);
        Assert.Empty(told);
        mayEnd.Set();

        await ConnectionHarness.UntilAsync(() => told.Count == 5);
        Assert.Equal(
            [
                ConnectionStatus.Connecting, ConnectionStatus.Connected, ConnectionStatus.Disconnected, ConnectionStatus.Connecting,
                ConnectionStatus.Connected
            ],
            told);
    }

    [Fact]
    [Trait("BadDay", "`DisposeAsync` in a callback")]
    public async Task DisposeInACallback_EndsTheHandle_AndTheSessionCanBeOpenedAgain()
    {
        await using SessionEmulator emulator = await StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();
        RenderingSession session = await CreateAsync(client);
        var disposed = new TaskCompletionSource();
        session.ConnectionStatusChanged += (_, arguments) =>
        {
            if (arguments.Status == ConnectionStatus.Connected)
            {
#pragma warning disable xUnit1031 // That a handler may block on it is what is tested.
                session.DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore xUnit1031
                disposed.SetResult();
            }
        };
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));
        await ConnectionHarness.Within(disposed.Task);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.ConnectAsync(cancellationToken: Token));

        await using RenderingSession again = await client.OpenRenderingSessionAsync(session.SessionUuid, Token);

        Assert.NotSame(session, again);
        await WorksAsync(again);
    }

    [Fact]
    [Trait("BadDay", "`ConnectAsync` twice at once")]
    public async Task ConnectTwiceAtOnce_TheSecondIsRefused_AndTheFirstLives()
    {
        var host = new FakeHost { IsDeafToBind = true };
        await using RenderingSession session = await ScriptedSession.OpenAsync(host);
        Task<RenderingConnection> first = session.ConnectAsync(cancellationToken: Token);

        await RefusedAsync(session, RenderingConnectionReason.InProgress);
        await ConnectionHarness.UntilAsync(() => host.Binds.Count == 1);
        host.IsDeafToBind = false;
        host.Link.Say(
            """{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":1,"link":1,"resumed":false,"sceneKept":false,"received":"""
                + """0,"graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000}}""");
        await ConnectionHarness.Within(first);
        await RefusedAsync(session, RenderingConnectionReason.AlreadyConnected);

        Assert.True(session.IsConnected);
        Assert.Equal(1, host.Attempts);
    }

    /// <summary>A device that shows the key from the store is the holder, however it left.</summary>
    [Fact]
    [Trait("BadDay", "app restarts")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task AppRestart_WhileTheHostStillHoldsTheOldLink_BindsAtOnceAndFencesIt()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(options => options.TimeProvider = time);
        var store = new MemoryStore();
        RenderingSession crashed = await CreateAsync(emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = store }));
        RenderingConnection old = await WorksAsync(crashed);
        emulator.HostFaults.GoHalfOpen();

        RenderingSession? restarted = await emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = store })
            .OpenLastRenderingSessionAsync(Token);
        RenderingConnection connection = await ConnectionHarness.Within(restarted!.ConnectAsync(Once, Token));
        await using RenderingSession stranger = await emulator.CreateClient().OpenRenderingSessionAsync(crashed.SessionUuid, Token);

        Assert.Equal((2, 1), (connection.Epoch, connection.Link));
        await ConnectionHarness.Within(connection.MeasureRoundTripAsync(Token));
        await RefusedAsync(stranger, RenderingConnectionReason.OtherSessionConnected);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), time.GetUtcNow());
        Assert.Equal(1, old.Epoch);
        await ConnectionHarness.Within(restarted.DisposeAsync().AsTask());

        // What is left of the crashed app here waits for a host that hears nothing, on a clock that stands still.
        using var now = new CancellationTokenSource();
        Task leaving = crashed.DisconnectAsync(now.Token);
        await now.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(leaving));
        await ConnectionHarness.Within(crashed.DisposeAsync().AsTask());
    }

    private static async Task RefusedAsync(RenderingSession session, RenderingConnectionReason reason)
    {
        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(session.ConnectAsync(Once, Token)));
        Assert.Equal(reason, error.Reason);
    }

    private static async Task<RenderingConnection> WorksAsync(RenderingSession session)
    {
        RenderingConnection connection = await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));
        await ConnectionHarness.Within(connection.MeasureRoundTripAsync(Token));
        return connection;
    }

    private static Task<SessionEmulator> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => SessionEmulator.StartAsync(
            options =>
            {
                options.BootTime = TimeSpan.Zero;
                configure?.Invoke(options);
            },
            Token);

    private static Task<RenderingSession> CreateAsync(RemoteRenderingClient client)
        => client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard), Token);
}
