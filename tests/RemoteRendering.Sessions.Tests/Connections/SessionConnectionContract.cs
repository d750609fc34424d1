using System.Collections.Concurrent;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>What a user sees of a connection, against the emulator on the real clock; once in process, once over sockets.</summary>
public abstract class SessionConnectionContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_ReadySession_IsConnectedAndUsable()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        Assert.Null(session.Connection);

        RenderingConnection connection = await Within(session.ConnectAsync(cancellationToken: Token));

        Assert.True(session.IsConnected);
        Assert.Same(connection, session.Connection);
        Assert.Equal(ConnectionStatus.Connected, connection.Status);
        Assert.Equal(session.SessionUuid, connection.SessionId);
        Assert.Equal(1, connection.Epoch);
        Assert.True(connection.Grace > TimeSpan.Zero);
        Assert.True(await Within(connection.MeasureRoundTripAsync(Token)) >= TimeSpan.Zero);
    }

    [Fact]
    public async Task Connect_Twice_IsRefusedAndTheFirstOneLives()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        Task<RenderingConnection> first = session.ConnectAsync(cancellationToken: Token);
        if (!first.IsCompleted)
        {
            RenderingConnectionException inProgress =
                await Assert.ThrowsAsync<RenderingConnectionException>(() => session.ConnectAsync(cancellationToken: Token));
            Assert.True(inProgress.Reason is RenderingConnectionReason.InProgress or RenderingConnectionReason.AlreadyConnected);
        }

        RenderingConnection connection = await Within(first);
        RenderingConnectionException already =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => session.ConnectAsync(cancellationToken: Token));

        Assert.Equal(RenderingConnectionReason.AlreadyConnected, already.Reason);
        Assert.Same(connection, session.Connection);
        await Within(connection.MeasureRoundTripAsync(Token));
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task Connect_SecondDevice_IsRefusedOnceAndForGood()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        await Within(session.ConnectAsync(cancellationToken: Token));
        await using RenderingSession other = await CreateClient(emulator).OpenRenderingSessionAsync(session.SessionUuid, Token);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => Within(other.ConnectAsync(cancellationToken: Token)));

        Assert.Equal(RenderingConnectionReason.OtherSessionConnected, error.Reason);
        Assert.Null(error.RetryAfter);
        Assert.Equal(2, emulator.HostFaults.UpgradeCount);
        Assert.False(other.IsConnected);
        Assert.True(session.IsConnected);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task Connect_StartingSession_SaysSo()
    {
        await using SessionEmulator emulator = await StartAsync(options => options.BootTime = TimeSpan.FromHours(1));
        await using RenderingSession session = await CreateAsync(CreateClient(emulator));

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => Within(session.ConnectAsync(cancellationToken: Token)));

        Assert.Equal(RenderingConnectionReason.SessionNotReady, error.Reason);
        Assert.Equal(0, emulator.HostFaults.UpgradeCount);
    }

    [Fact]
    public async Task Connect_StoppedSession_SaysSoWithoutAsking()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        await session.StopAsync(Token);
        long requests = emulator.RequestCount;

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => session.ConnectAsync(cancellationToken: Token));

        Assert.Equal(RenderingConnectionReason.SessionStopped, error.Reason);
        Assert.Equal(requests, emulator.RequestCount);
    }

    [Fact]
    public async Task Connect_CancelledBefore_DoesNothing()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.ConnectAsync(cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, emulator.HostFaults.UpgradeCount);
        Assert.Equal(ConnectionStatus.Disconnected, session.ConnectionStatus);
        await Within(session.ConnectAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Disconnect_ThenConnectAgain_WorksForTheSameHandle()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        RenderingConnection first = await Within(session.ConnectAsync(cancellationToken: Token));
        await Within(session.DisconnectAsync(Token));

        Assert.Null(session.Connection);
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await Within(first.Completion)).Reason);
        RenderingConnection second = await Within(session.ConnectAsync(cancellationToken: Token));

        Assert.NotSame(first, second);
        Assert.Equal(2, second.Epoch);
        Assert.Equal(ConnectionStatus.Disconnected, first.Status);
        await Within(first.DisconnectAsync(Token));
        Assert.True(session.IsConnected);
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task WireCut_IsRepairedWithTheSceneKept_AndEveryObserverSeesTheSame()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        var raised = new ConcurrentQueue<RenderingConnectionChange>();
        session.ConnectionStatusChanged += (_, arguments) => raised.Enqueue(arguments.Change);
        RenderingConnection connection = await Within(session.ConnectAsync(cancellationToken: Token));

        emulator.HostFaults.Cut();
        RenderingConnectionChange change = await Within(connection.WaitForChangeAsync(2, Token));
        while (change.Status != ConnectionStatus.Connected)
        {
            change = await Within(connection.WaitForChangeAsync(change.Number, Token));
        }

        Assert.True(change.SceneKept);
        Assert.Equal((1, 2), (connection.Epoch, connection.Link));
        Assert.False(connection.Lost.IsCancellationRequested);
        await Within(session.DisconnectAsync(Token));
        var streamed = new List<RenderingConnectionChange>();
        await foreach (RenderingConnectionChange item in connection.Changes)
        {
            streamed.Add(item);
        }

        await ConnectionHarness.UntilAsync(() => raised.Count >= 5);

        // The application itself has ended it: nothing is lost.
        Assert.False(connection.Lost.IsCancellationRequested);

        Assert.Equal(
            [
                ConnectionStatus.Connecting, ConnectionStatus.Connected, ConnectionStatus.Reconnecting, ConnectionStatus.Connected,
                ConnectionStatus.Disconnected
            ],
            streamed.Select(item => item.Status));
        Assert.Equal(streamed, raised);
        Assert.Equal(streamed[^1], (await connection.Completion).Change);
        Assert.Equal(streamed[^1], connection.LastChange);
    }

    [Fact]
    [Trait("Museum", "M04")]
    public async Task Stop_WhileConnected_EndsTheConnectionOnceWithItsReason()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        RenderingConnection connection = await Within(session.ConnectAsync(cancellationToken: Token));

        await Within(session.StopAsync(Token));

        Assert.Equal(RenderingConnectionReason.SessionStopped, (await Within(connection.Completion)).Reason);
        Assert.Equal(3, connection.LastChange.Number);
        Assert.Equal(ConnectionStatus.Disconnected, session.ConnectionStatus);
    }

    [Fact]
    [ExpectedLog("SessionEnded", "ConnectionGivenUp")]
    public async Task Stop_BySomebodyElse_EndsTheConnectionAndTheHandleKnows()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        RenderingConnection connection = await Within(session.ConnectAsync(cancellationToken: Token));

        await CreateClient(emulator).StopSessionAsync(session.SessionUuid, Token);

        Assert.Equal(RenderingConnectionReason.SessionStopped, (await Within(connection.Completion)).Reason);
        await Within(session.DisconnectAsync(Token));

        // The handle asks the service by itself, and nobody waits for that.
        await ConnectionHarness.UntilAsync(() => session.Status == RenderingSessionStatus.Stopped);
    }

    [Fact]
    [Trait("Museum", "M06")]
    public async Task StopAndDispose_InsideAHandler_DoNotDeadlock()
    {
        await using SessionEmulator emulator = await StartAsync();
        RenderingSession session = await ReadyAsync(CreateClient(emulator));
        var done = new TaskCompletionSource();
        session.ConnectionStatusChanged += (_, arguments) =>
        {
            if (arguments.Status == ConnectionStatus.Connected)
            {
#pragma warning disable xUnit1031 // That a handler may block on these calls is what is tested.
                session.DisconnectAsync(Token).GetAwaiter().GetResult();
                session.StopAsync(Token).GetAwaiter().GetResult();
                session.DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore xUnit1031
                done.SetResult();
            }
        };

        RenderingConnection connection = await Within(session.ConnectAsync(cancellationToken: Token));

        await Within(done.Task);
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await Within(connection.Completion)).Reason);
        await Within(NoLinkIsLeftAsync(emulator));
    }

    /// <summary>Waits for the other end of a socket, which learns of the close in its own time.</summary>
    private static Task NoLinkIsLeftAsync(SessionEmulator emulator)
        => ConnectionHarness.UntilAsync(() => emulator.HostFaults.OpenLinks == 0);

    [Fact]
    public async Task Dispose_WhileConnected_DisconnectsAndRefusesTheNextConnect()
    {
        await using SessionEmulator emulator = await StartAsync();
        RenderingSession session = await ReadyAsync(CreateClient(emulator));
        RenderingConnection connection = await Within(session.ConnectAsync(cancellationToken: Token));

        await Within(session.DisposeAsync().AsTask());

        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await Within(connection.Completion)).Reason);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.ConnectAsync(cancellationToken: Token));
        Assert.Equal(
            RenderingSessionStatus.Ready,
            (await CreateClient(emulator).GetSessionPropertiesAsync(session.SessionUuid, Token)).Value.Status);
    }

    [Fact]
    [Trait("Museum", "M17")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task TakeOver_Allowed_FencesTheOldHolderOut()
    {
        await using SessionEmulator emulator = await StartAsync(options => options.Host.AllowTakeOver = true);
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        RenderingConnection holder = await Within(session.ConnectAsync(cancellationToken: Token));
        await using RenderingSession other = await CreateClient(emulator).OpenRenderingSessionAsync(session.SessionUuid, Token);

        RenderingConnection taker =
            await Within(other.ConnectAsync(new RenderingConnectionOptions { BindPolicy = RenderingBindPolicy.TakeOver }, Token));

        Assert.Equal(2, taker.Epoch);
        Assert.Equal(RenderingConnectionReason.TakenOver, (await Within(holder.Completion)).Reason);
        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => Within(session.ConnectAsync(cancellationToken: Token)));
        Assert.Equal(RenderingConnectionReason.OtherSessionConnected, error.Reason);
    }

    [Fact]
    [ExpectedLog("SessionEnded", "ConnectionGivenUp")]
    public async Task Pumped_NothingIsCalledOutsideUpdate()
    {
        await using SessionEmulator emulator = await StartAsync();
        await using RenderingSession session = await ReadyAsync(CreateClient(emulator));
        var threads = new ConcurrentQueue<int>();
        session.ConnectionStatusChanged += (_, _) => threads.Enqueue(Environment.CurrentManagedThreadId);
        RenderingConnection connection = await Within(session.ConnectAsync(new RenderingConnectionOptions { PumpCallbacks = true }, Token));
        connection.Lost.Register(() => threads.Enqueue(Environment.CurrentManagedThreadId));
        emulator.StopSession(session.SessionUuid);
        await Within(connection.Completion);
        Assert.Empty(threads);

        int thread = Environment.CurrentManagedThreadId;
        connection.Update();
        session.UpdateConnection();

        Assert.Equal([thread, thread, thread, thread], threads);
    }

    protected abstract Task<SessionEmulator> StartAsync(Action<SessionEmulatorOptions>? configure = null);

    protected virtual RemoteRenderingClient CreateClient(SessionEmulator emulator) => emulator.CreateClient();

    protected static async Task<RenderingSession> CreateAsync(RemoteRenderingClient client)
        => await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard), Token);

    private static async Task<RenderingSession> ReadyAsync(RemoteRenderingClient client)
    {
        RenderingSession session = await CreateAsync(client);
        await Within(session.WaitUntilReadyAsync(cancellationToken: Token));
        return session;
    }

    private static Task Within(Task task) => ConnectionHarness.Within(task);

    private static Task<T> Within<T>(Task<T> task) => ConnectionHarness.Within(task);
}
