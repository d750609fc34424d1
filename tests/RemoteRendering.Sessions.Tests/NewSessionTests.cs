using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.Tests.Observation;
using RemoteRendering.Sessions.Tests.Observation.Support;
using RemoteRendering.Sessions.Tests.Pooling;
using RemoteRendering.Sessions.Tests.Pooling.Support;

namespace RemoteRendering.Sessions.Tests;

/// <summary>
/// For some seconds after a create, a part of the service may not find the session. A 404 for an id that this client has just created and
/// never read is no end of the session, for anything that depends on it.
/// </summary>
public class NewSessionTests
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;
    private readonly RemoteRenderingClient _client;
    private readonly CollectingLoggerFactory _logs = new();
    private Func<HttpRequestMessage, HttpResponseMessage?> _answer = static _ => null;

    public NewSessionTests()
    {
        _service = new ScriptedService { Time = _time, Otherwise = Answer };
        RemoteRenderingClientOptions options = _service.Options(maxRetries: 0);
        options.LoggerFactory = _logs;
        _client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(ScriptedService.Key),
            options);
    }

    public static TheoryData<string> WaysToStop => new() { "StopAsync", "StopSessionAsync", "DisposeAsync" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RenderingSessionCreationOptions Creation
        => new(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard) { SessionId = "s1", StopOnDispose = true };

    private int Stops => _service.Requests.Count(static request => request.Line.Contains(":stop", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(WaysToStop))]
    public async Task Stop_APartOfTheServiceLags_IsRepeatedUntilTheSessionIsStopped(string way)
    {
        RenderingSession session = await CreateAsync();
        _answer = request => IsStop(request) && _time.GetElapsedTime(0) > TimeSpan.FromSeconds(4)
            ? ScriptedService.Answer(204)
            : ScriptedService.Answer(404);
        Task stopping = StopAsync(session, way);
        await _time.PassUntilAsync(() => stopping.IsCompleted);
        await stopping;
        Assert.InRange(_time.GetElapsedTime(0), TimeSpan.FromSeconds(4), Lag);
        Assert.InRange(Stops, 2, 6);
    }

    [Theory]
    [MemberData(nameof(WaysToStop))]
    [ExpectedLog("StopOnDisposeFailed")]
    public async Task Stop_TheWholeServiceStillDoesNotFindIt_IsUnknown(string way)
    {
        RenderingSession session = await CreateAsync();
        _answer = static _ => ScriptedService.Answer(404);
        Task stopping = StopAsync(session, way);
        await _time.PassUntilAsync(() => stopping.IsCompleted);
        if (way == "DisposeAsync")
        {
            await stopping;
            Assert.Contains(
                _logs.Log.Entries, static entry
                    => entry.Event == "StopOnDisposeFailed" && entry.Exception is RenderingOutcomeUnknownException);
        }
        else
        {
            RenderingOutcomeUnknownException error = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => stopping);
            Assert.Equal(("Stop", "s1", 404), (error.Operation, error.SessionId, error.Status));
            TestLog.Expect("StopOnDisposeFailed");
        }

        Assert.False(session.Status.IsTerminal);
        Assert.InRange(_time.GetElapsedTime(0), TimeSpan.FromSeconds(5), Lag);
        Assert.InRange(Stops, 2, 6);
    }

    /// <summary>A part of the service that knows the session answers the read, and another one answers the stop.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_NotFoundAndTheReadFindsIt_IsNoEnd(bool isNew)
    {
        RenderingSession session = isNew ? await CreateAsync() : await _client.OpenRenderingSessionAsync("s1", Token);
        _answer = static request => IsStop(request) ? ScriptedService.Answer(404) : null;
        Task stopping = session.StopAsync(Token);
        await _time.PassUntilAsync(() => stopping.IsCompleted);
        Assert.Equal("Stop", (await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => stopping)).Operation);
        Assert.False(session.Status.IsTerminal);
    }

    [Fact]
    public async Task Stop_NoAnswerAndTheReadDoesNotFindIt_IsUnknown()
    {
        RenderingSession session = await CreateAsync();
        _answer = static request => ScriptedService.Answer(IsStop(request) ? 500 : 404);
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => session.StopAsync(Token));
        Assert.False(session.Status.IsTerminal);
    }

    /// <summary>The status of an unknown outcome is that of the last try, here a 404 after one that may have taken effect.</summary>
    [Fact]
    public async Task Stop_OutcomeUnknownWithTheStatus404_IsNoEnd()
    {
        RenderingSession session = await _service.Client(maxRetries: 1).OpenRenderingSessionAsync("s1", Token);
        int stops = 0;
        _answer = request => ScriptedService.Answer(!IsStop(request) ? 403 : stops++ == 0 ? 500 : 404);
        Assert.Equal(404, (await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => session.StopAsync(Token))).Status);
        Assert.False(session.Status.IsTerminal);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("list")]
    [InlineData("late")]
    [ExpectedLog("SessionEnded")]
    public async Task Stop_NotFoundOfASessionThatTheServiceMustKnow_IsAnEnd(string way)
    {
        RenderingSession session = await CreateAsync();
        if (way == "read")
        {
            await _client.GetSessionPropertiesAsync("s1", Token);
        }
        else if (way == "list")
        {
            _answer = static _ => ScriptedService.Answer(200, $$"""{"sessions":[{{ScriptedService.SessionJson()}}]}""");
            await foreach (RenderingSessionProperties _ in _client.GetCurrentRenderingSessionsAsync(Token))
            {
            }
        }
        else
        {
            await _time.PassAsync(Lag + TimeSpan.FromSeconds(1));
        }

        _answer = static _ => ScriptedService.Answer(404);
        await session.StopAsync(Token);
        Assert.Equal(RenderingSessionStatus.Forgotten, session.Status);
        Assert.Equal(1, Stops);
    }

    [Fact]
    public async Task Stop_NotFoundOfAnIdOfAnotherClient_IsTheAnswerOfTheService()
    {
        _answer = static _ => ScriptedService.Answer(404);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => _client.StopSessionAsync("s2", Token))).Status);
        Assert.Equal(1, Stops);
    }

    [Fact]
    public async Task Stop_AfterACreateWithUnknownOutcome_BelievesNo404()
    {
        _answer = static _ => ScriptedService.Answer(500);
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => _client.CreateNewRenderingSessionAsync(Creation, Token));
        _answer = static _ => ScriptedService.Answer(404);
        Task stopping = _client.StopSessionAsync("s1", Token);
        await _time.PassUntilAsync(() => stopping.IsCompleted);
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => stopping);
    }

    [Fact]
    public async Task Stop_AfterACreateThatWasRefused_IsTheAnswerOfTheService()
    {
        _answer = static request => ScriptedService.Answer(request.Method == HttpMethod.Put ? 400 : 404);
        await Assert.ThrowsAsync<RequestFailedException>(() => _client.CreateNewRenderingSessionAsync(Creation, Token));
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => _client.StopSessionAsync("s1", Token))).Status);
    }

    [Fact]
    public async Task Stop_CancelledBetweenTwoTries_EndsWithTheTokenOfTheCaller()
    {
        RenderingSession session = await CreateAsync();
        _answer = static _ => ScriptedService.Answer(404);
        using var cancellation = new CancellationTokenSource();
        Task stopping = session.StopAsync(cancellation.Token);
        await _time.PassUntilAsync(() => Stops == 2);
        await cancellation.CancelAsync();
        OperationCanceledException error =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(stopping));
        Assert.Equal(cancellation.Token, error.CancellationToken);
    }

    [Theory]
    [InlineData("1", 5)]
    [InlineData("4", 3)]
    [InlineData("60", 1)]
    public async Task Stop_NotFoundWithRetryAfter_WaitsAtLeastThatLong(string retryAfter, int mostStops)
    {
        RenderingSession session = await CreateAsync();
        _answer = _ => ScriptedService.Answer(404, headers: ("Retry-After", retryAfter));
        Task stopping = session.StopAsync(Token);
        await _time.PassUntilAsync(() => stopping.IsCompleted);
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => stopping);
        Assert.InRange(Stops, 1, mostStops);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task Renewal_NotFoundRightAfterTheCreate_GoesOn()
    {
        RenderingSession session = await CreateAsync();
        _answer = static _ => ScriptedService.Answer(404);
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(
            new LeaseRenewalOptions(TimeSpan.FromHours(8)) { RenewWhileDisconnected = true, Threshold = TimeSpan.FromMinutes(45) });
        await _time.PassUntilAsync(() => _service.Requests.Count >= 2);
        await ConnectionHarness.SettleAsync();
        Assert.False(renewal.Completion.IsCompleted);
        _answer = static _ => null;
        await renewal.StopAsync(Token);
        Assert.False(renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task AccountWatch_NotListedAndNotFoundRightAfterTheCreate_ReportsNoEnd()
    {
        _answer = static request => request.Method == HttpMethod.Put
            ? null
            : IsList(request) ? ScriptedService.Answer(200, """{"sessions":[]}""") : ScriptedService.Answer(404);
        await using var reader = new WatchReader(_client.WatchSessionsAsync);
        await _time.PassUntilAsync(() => _service.Requests.Count > 0);
        await _time.PassAsync(TimeSpan.FromSeconds(6));
        await CreateAsync();
        await reader.WaitForAsync(1);
        await _time.PassAsync(TimeSpan.FromSeconds(9));
        Assert.Contains(
            _service.Requests, static request
                => request.Method == "GET" && request.Line.Contains("/sessions/s1", StringComparison.Ordinal));
        _answer = static request => IsList(request)
            ? ScriptedService.Answer(200, $$"""{"sessions":[{{ScriptedService.SessionJson()}}]}""")
            : null;
        await _time.PassAsync(TimeSpan.FromSeconds(60));
        RenderingSessionChange[] changes = await reader.WaitForAsync(2);
        Assert.DoesNotContain(changes, static change => change.EndReason is not null);
        Assert.Equal(RenderingSessionStatus.Ready, changes[^1].Current.Status);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task Connect_NotFoundRightAfterTheCreate_IsNoReasonToGiveUpForGood()
    {
        RenderingSession session = await CreateAsync();
        _answer = static _ => ScriptedService.Answer(404);
        Task connecting = session.ConnectAsync(cancellationToken: Token);
        await _time.PassUntilAsync(() => connecting.IsCompleted);
        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => connecting);
        Assert.NotEqual(RenderingConnectionReason.SessionNotFound, error.Reason);
    }

    /// <summary>A session that may run counts towards the cap of the pool until it is known to have ended.</summary>
    [Fact]
    [ExpectedLog("PoolStartFailed", "PoolStopFailed")]
    public async Task Pool_StopOfAFailedStartIsNotFound_IsCountedAndStoppedLater()
    {
        string? id = null;
        bool isLagging = true;
        _answer = request =>
        {
            if (request.Method == HttpMethod.Put && id is null)
            {
                id = request.RequestUri!.Segments[^1];
                return null;
            }

            return request.Method == HttpMethod.Put ? ScriptedService.Answer(503, headers: ("Retry-After", "600"))
                : isLagging ? ScriptedService.Answer(404)
                : IsStop(request) ? ScriptedService.Answer(204) : null;
        };
        var pool = new RenderingSessionPool(
            _client,
            new RenderingSessionPoolOptions(
                readySessions: 1, maxLeaseTime: TimeSpan.FromMinutes(30), maxTotalLeaseTime: TimeSpan.FromHours(8)));
        await PoolPace.PassUntilAsync(_time, pool, () => _logs.Log.Entries.Any(static entry => entry.Event == "PoolStopFailed"));
        Assert.True(pool.Spent >= TimeSpan.FromMinutes(30), $"what may run is counted: {pool.Spent}");
        isLagging = false;
        int before = Stops;
        await PoolPace.PassUntilAsync(_time, pool, () => Stops > before);
        Assert.Contains(_service.Requests, request => request.Line.Contains(id + "/:stop", StringComparison.Ordinal));
        Assert.True(pool.Spent < TimeSpan.FromMinutes(30), $"it has ended: {pool.Spent}");
        await ConnectionHarness.Within(pool.DisposeAsync().AsTask());
    }

    private static bool IsStop(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.EndsWith(":stop", StringComparison.Ordinal);

    private static bool IsList(HttpRequestMessage request)
        => request.RequestUri!.AbsolutePath.EndsWith("/sessions", StringComparison.Ordinal);

    private Task<RenderingSession> CreateAsync() => _client.CreateNewRenderingSessionAsync(Creation, Token);

    private Task StopAsync(RenderingSession session, string way) => way switch
    {
        "StopAsync" => session.StopAsync(Token),
        "StopSessionAsync" => _client.StopSessionAsync(session.SessionUuid, Token),
        _ => session.DisposeAsync().AsTask(),
    };

    private HttpResponseMessage Answer(HttpRequestMessage request)
        => _answer(request) ?? ScriptedService.Answer(
            request.Method == HttpMethod.Put ? 201 : 200,
            ScriptedService.SessionJson(
                request.RequestUri!.Segments[^1].Split(':')[0], status: request.Method == HttpMethod.Put ? "Starting" : "Ready",
                lease: 30));
}
