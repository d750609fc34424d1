using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>
/// ARR could not be cancelled, and SignalR's stop hung inside a handler. Here every wait ends when its caller says so, on a clock that
/// stands still, and no link and no timer is left behind.
/// </summary>
[Trait("Museum", "M06")]
public sealed class CancelMuseumTests : IAsyncDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly FakeHost _host = new();
    private RenderingSession? _session;

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await ConnectionHarness.Within(_session.DisposeAsync().AsTask());
        }
    }

    [Fact]
    public async Task Start_Cancelled_EndsAtOnce()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.FromMinutes(3);
        });
        await using RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard));
        using var cancellation = new CancellationTokenSource();
        Task waiting = session.WaitUntilReadyAsync(cancellationToken: cancellation.Token);
        await ConnectionHarness.Within(time.WaitForTimersAsync(1));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(waiting));
    }

    [Fact]
    public async Task Connect_Cancelled_EndsAtOnceAndLeavesNothing()
    {
        _host.IsDeafToBind = true;
        RenderingSession session = await OpenAsync();
        int timers = _time.PendingTimers;
        using var cancellation = new CancellationTokenSource();
        Task<RenderingConnection> connecting = session.ConnectAsync(cancellationToken: cancellation.Token);
        await ConnectionHarness.UntilAsync(() => _host.Binds.Count == 1);

        await cancellation.CancelAsync();

        OperationCanceledException cancelled =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(connecting));
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal(ConnectionStatus.Disconnected, session.ConnectionStatus);
        await NothingIsLeftAsync(timers);
        _host.IsDeafToBind = false;
        await ConnectionHarness.Within(session.ConnectAsync());
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task Reconnect_Cancelled_EndsAtOnceAndLeavesNothing()
    {
        RenderingSession session = await OpenAsync();
        int timers = _time.PendingTimers;
        RenderingConnection connection = await ConnectionHarness.Within(session.ConnectAsync());
        _host.IsDeafToBind = true;
        connection.ReconnectNow();
        await ConnectionHarness.UntilAsync(() => _host.Binds.Count == 2);

        await ConnectionHarness.Within(session.DisconnectAsync());

        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await ConnectionHarness.Within(connection.Completion)).Reason);
        await NothingIsLeftAsync(timers);
        _host.IsDeafToBind = false;
        await ConnectionHarness.Within(session.ConnectAsync());
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task Backoff_Cancelled_EndsAtOnceAndLeavesNothing()
    {
        RenderingSession session = await OpenAsync();
        int timers = _time.PendingTimers;
        RenderingConnection connection = await ConnectionHarness.Within(session.ConnectAsync());
        _host.RefuseNext(1503, "TooManyRequests", retryAfterMs: 60_000);
        connection.ReconnectNow();
        await ConnectionHarness.UntilAsync(() => _host.Binds.Count == 2 && _host.Link.IsAborted);

        await ConnectionHarness.Within(session.DisconnectAsync());

        await NothingIsLeftAsync(timers);
    }

    [Fact]
    public async Task Disconnect_Cancelled_EndsAtOnceAndLeavesNothing()
    {
        RenderingSession session = await OpenAsync();
        int timers = _time.PendingTimers;
        await ConnectionHarness.Within(session.ConnectAsync());
        _host.Link.SwallowsSent = true;
        using var cancellation = new CancellationTokenSource();
        Task disconnecting = session.DisconnectAsync(cancellation.Token);
        Assert.Equal(ConnectionStatus.Disconnected, session.ConnectionStatus);
        Assert.False(disconnecting.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(disconnecting));
        await NothingIsLeftAsync(timers);
        await ConnectionHarness.Within(session.ConnectAsync());
    }

    [Fact]
    public async Task Disconnect_InsideAHandler_DoesNotDeadlock()
    {
        RenderingSession session = await OpenAsync();
        int timers = _time.PendingTimers;
        var done = new TaskCompletionSource();
        session.ConnectionStatusChanged += (_, arguments) =>
        {
            if (arguments.Status == ConnectionStatus.Connected)
            {
#pragma warning disable xUnit1031 // That a handler may block on it is what is tested.
                session.DisconnectAsync().GetAwaiter().GetResult();
#pragma warning restore xUnit1031
                done.SetResult();
            }
        };

        await ConnectionHarness.Within(session.ConnectAsync());

        await ConnectionHarness.Within(done.Task);
        await NothingIsLeftAsync(timers);
    }

    private async Task<RenderingSession> OpenAsync()
        => _session = await ScriptedSession.OpenAsync(
            _host, new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready(1440) });

    /// <summary>The link is cut and its timers are stopped by threads that may be a step behind the one that was told.</summary>
    private async Task NothingIsLeftAsync(int timers)
        => await ConnectionHarness.UntilAsync(() => _host.Links.All(link => link.IsAborted) && _time.PendingTimers == timers);
}
