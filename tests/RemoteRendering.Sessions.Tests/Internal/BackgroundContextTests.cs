using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <summary>
/// What goes on after the request that started it has ended takes nothing of that request along: no AsyncLocal of its user reaches a
/// handler, a transport, a store or a callback, and no span hangs below its span. Spans of background work are roots, linked to the span
/// that started the work.
/// </summary>
[ExpectedLog("PoolStartFailed", "LeaseLost", "ConnectionLinkLost")]
public sealed class BackgroundContextTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2.0);

    private readonly FlowSpy _spy = new();
    private readonly VirtualTimeProvider _time = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly List<IAsyncDisposable> _toDispose = [];
    private SessionEmulator _emulator = null!;
    private RemoteRenderingClient _client = null!;

    public BackgroundContextTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RemoteRenderingTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task LeaseRenewal_RenewsWithoutItsStarter()
    {
        RenderingSession session = await CreateAsync();
        RenderingLeaseRenewal? renewal = null;
        await StartedAsync(
            () =>
            {
                renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(4.0)) { RenewWhileDisconnected = true });
                renewal.Changed += (_, _) => _spy.Note("changed");
                return Task.CompletedTask;
            },
            () => _spy.Count("PATCH") > 1 && _spy.Count("changed") > 1);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task LossOfALease_IsToldWithoutTheRequestThatFoundIt()
    {
        RenderingSession session = await CreateAsync();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(4.0)));
        renewal.Changed += (_, _) => _spy.Note("changed");
        renewal.Lost.UnsafeRegister(_ => _spy.Note("lost"), null);

        // Not the renewal but the request of the user is to find it.
        await Quiescence.WaitAsync();
        _emulator.StopSession(session.SessionUuid);
        await FlowSpy.AsUserAsync("user-a", () => session.GetPropertiesAsync());
        await ConnectionHarness.UntilAsync(() => _spy.Count("changed") == 1 && _spy.Count("lost") == 1);
        Assert.All(
            _spy.Seen.Where(static seen => seen.Place is "changed" or "lost"), static seen
                => Assert.Equal((null, default), (seen.User, seen.Trace)));
    }

    [Fact]
    public async Task Watch_LooksWithoutItsStarter()
    {
        RenderingSession session = await CreateAsync();
        IAsyncEnumerator<RenderingSessionChange> changes = session.WatchAsync().GetAsyncEnumerator();
        await StartedAsync(async () => Assert.True(await changes.MoveNextAsync()), () => _spy.Count("GET") > 2);
        await changes.DisposeAsync();
    }

    [Fact]
    public async Task WatchOfAllSessions_ListsWithoutItsStarter()
    {
        await CreateAsync();
        IAsyncEnumerator<RenderingSessionChange> changes = _client.WatchSessionsAsync().GetAsyncEnumerator();
        await StartedAsync(async () => Assert.True(await changes.MoveNextAsync()), () => _spy.Count("GET") > 2, isQuietAtFirst: false);
        await changes.DisposeAsync();
    }

    [Fact]
    public async Task Pool_FillsAndRefillsWithoutItsStarter()
    {
        RenderingSessionPool? pool = null;
        ActivityContext starter = await StartedAsync(
            () =>
            {
                pool = new RenderingSessionPool(
                    _client, new RenderingSessionPoolOptions(1, TimeSpan.FromMinutes(30.0), TimeSpan.FromHours(8.0)));
                _toDispose.Add(pool);
                return Task.CompletedTask;
            },
            () => pool!.ReadyCount == 1,
            isQuietAtFirst: false);
        _spy.Clear();
        _emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.StatusBeforeEffect(500));
        await FlowSpy.AsUserAsync("user-b", async () => await (await pool!.TakeAsync()).DisposeAsync());
        await PassUntilAsync(() => _spy.Count("PUT") > 1 && pool!.ReadyCount == 1);
        AssertNobodys(starter);
    }

    [Fact]
    public async Task StopOfAnAbandonedWait_GoesWithoutItsStarter()
    {
        RenderingSession session = await CreateAsync(RenderingSessionVmSize.Premium);
        await StartedAsync(
            async () =>
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                    session.WaitUntilReadyAsync(
                        new RenderingSessionWaitOptions { StopWhenAbandoned = true }, null, new CancellationToken(canceled: true))),
            () => _spy.Count("POST") == 1,
            isQuietAtFirst: false,
            place: "POST");
    }

    [Fact]
    public async Task RefreshOfTheToken_GoesWithoutTheCallThatFoundItOld()
    {
        RenderingSession session = await CreateAsync();
        await _time.PassAsync(TimeSpan.FromHours(24.0) - TimeSpan.FromMinutes(3.0));
        _spy.Clear();
        await FlowSpy.AsUserAsync(
            "user-a", async ()
                => await Assert.ThrowsAnyAsync<Exception>(
                    () => _client.UpdateSessionAsync(session.SessionUuid, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(1.0)))));
        await ConnectionHarness.UntilAsync(() => _spy.Seen.Any(static seen => seen.Place.EndsWith("/token", StringComparison.Ordinal)));
        Assert.All(
            _spy.Seen.Where(static seen => seen.Place.EndsWith("/token", StringComparison.Ordinal)), static seen
                => Assert.Equal((null, default), (seen.User, seen.Trace)));
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Connection_ComesBackWithoutItsStarter()
    {
        RenderingSession session = await CreateAsync();
        session.ConnectionStatusChanged += (_, _) => _spy.Note("status");
        await StartedAsync(
            () => session.ConnectAsync(),
            () =>
            {
                if (session.ConnectionStatus == ConnectionStatus.Connected && _spy.Count("connect") == 0)
                {
                    _emulator.HostFaults.Cut();
                }

                return _spy.Count("connect") > 0 && session.IsConnected && _spy.Count("status") > 1;
            },
            hasSpans: true);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task EndOfALease_IsAskedAboutWithoutTheConnectsStarter()
    {
        RenderingSession session = await CreateAsync();
        await StartedAsync(async () => await session.ConnectAsync(), () => _spy.Count("GET") > 0);
    }

    [Fact]
    public async Task WritesToTheScene_AreSentByATimerWithoutTheirWriter()
    {
        RenderingSession session = await CreateAsync();
        RenderingConnection connection = await session.ConnectAsync();
        await ConnectionHarness.SettleAsync();
        await StartedAsync(
            () =>
            {
                connection.CreateEntity().Position = new Double3(1, 2, 3);
                return Task.CompletedTask;
            },
            () => _spy.Count("send") > 0,
            hasSpans: false);
    }

    [Fact]
    public async Task Store_IsAskedOnAFlowOfItsOwn()
    {
        await StartedAsync(() => CreateAsync(), () => _spy.Count("store") > 0, isQuietAtFirst: false, place: "store", hasSpans: false);
        Assert.Contains(_spy.Seen, static seen => seen.Place == "store save");
    }

    public async ValueTask InitializeAsync()
    {
        _emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = _time;
            options.BootTime = TimeSpan.Zero;
            options.BootTimes[SessionSize.Premium] = TimeSpan.FromMinutes(1.0);
        });
        var options = new RemoteRenderingClientOptions { SessionStore = new FlowStore(_spy) };
        options.Retry.MaxRetries = 0;
        _emulator.Configure(options);
        options.ConnectionTransport = _spy.Before(options.ConnectionTransport!);
        options.Transport = new HttpClientTransport(new HttpClient(_spy.Before(_emulator.CreateHandler())));
        _client = _emulator.CreateClient(options);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable disposable in _toDispose)
        {
            await disposable.DisposeAsync();
        }

        await _emulator.DisposeAsync();
        _listener.Dispose();
    }

    private async Task<RenderingSession> CreateAsync(RenderingSessionVmSize? size = null)
    {
        RenderingSession session = await _client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10.0), size ?? RenderingSessionVmSize.Standard));
        _toDispose.Add(session);
        await session.GetPropertiesAsync();
        return session;
    }

    /// <summary>Starts something as a user's request, and looks on until enough has happened after the request has ended.</summary>
    private async Task<ActivityContext> StartedAsync(
        Func<Task> start, Func<bool> hasHappened, bool isQuietAtFirst = true, bool hasSpans = true, string place = "")
    {
        _spy.Clear();
        ActivityContext starter = await FlowSpy.AsUserAsync("user-a", start);
        if (isQuietAtFirst)
        {
            // What the request did itself is its own.
            _spy.Clear();
            _spans.Clear();
        }

        await PassUntilAsync(hasHappened);
        AssertNobodys(starter, place, hasSpans);
        return starter;
    }

    private void AssertNobodys(ActivityContext starter, string place = "", bool hasSpans = true)
    {
        (string Place, string? User, ActivityTraceId Trace)[] seen = [
            .. _spy.Seen.Where(seen => seen.Place.StartsWith(place, StringComparison.Ordinal))
        ];
        Assert.NotEmpty(seen);
        Assert.All(
            seen, seen
                => Assert.True(
                    seen.User is null && seen.Trace != starter.TraceId, $"{seen.Place} was on the flow of {seen.User}, {seen.Trace}"));
        if (hasSpans)
        {
            Activity[] linked = [.. _spans.Where(span => span.Links.Any(link => link.Context.SpanId == starter.SpanId))];
            Assert.NotEmpty(linked);
            Assert.All(linked, static span => Assert.Null(span.ParentId));
        }
    }

    private Task PassUntilAsync(Func<bool> hasHappened)
        => _time.PassUntilAsync(hasHappened, Longest, () => string.Join("; ", _spy.Seen.Select(static seen => seen.Place)));
}
