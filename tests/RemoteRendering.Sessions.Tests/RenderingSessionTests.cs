using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests;

public class RenderingSessionTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;

    public RenderingSessionTests() => _service = new ScriptedService { Time = _time };

    [Fact]
    public async Task Open_Twice_GivesTheSameObject_AlsoForAnEndedSession()
    {
        _service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson(status: "Stopped"));
        RemoteRenderingClient client = _service.Client();
        RenderingSession first = await client.OpenRenderingSessionAsync("s1");
        RenderingSession second = await client.OpenRenderingSessionAsync("s1");
        Assert.Same(first, second);
        Assert.Equal(RenderingSessionStatus.Stopped, first.Status);
    }

    [Fact]
    public async Task Open_AfterDispose_GivesANewObject()
    {
        _service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson());
        RemoteRenderingClient client = _service.Client();
        RenderingSession first = await client.OpenRenderingSessionAsync("s1");
        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.NotSame(first, await client.OpenRenderingSessionAsync("s1"));
        Assert.DoesNotContain(_service.Requests, static request => request.Method != "GET");
    }

    [Fact]
    public async Task Dispose_OfAHandleMadeToStop_StopsTheSession()
    {
        _service.Then(201, ScriptedService.SessionJson(status: "Starting")).Then(204);
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard") { SessionId = "s1", StopOnDispose = true };
        await (await _service.Client().CreateNewRenderingSessionAsync(creation)).DisposeAsync();
        Assert.EndsWith("/:stop?api-version=2021-01-01", _service.Requests[1].Line, StringComparison.Ordinal);
    }

    [Fact]
    [ExpectedLog("StopOnDisposeFailed")]
    public async Task Dispose_StopFailsWithAnyException_DoesAllItsParts_AndThrowsNothing()
    {
        _service.Then(201, ScriptedService.SessionJson(status: "Starting")).Then(200, ScriptedService.SessionJson(status: "Starting"));
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard") { SessionId = "s1", StopOnDispose = true };
        RenderingSession session = await _service.Client(maxRetries: 0).CreateNewRenderingSessionAsync(creation);
        using var source = new CancellationTokenSource();
        Task<RenderingSessionProperties> wait =
            session.WaitUntilReadyAsync(new RenderingSessionWaitOptions { StopWhenAbandoned = true }, null, source.Token);
        await ConnectionHarness.Within(_time.WaitForTimersAsync(2));
        _service.Otherwise = static _ => throw new ObjectDisposedException("transport");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await ConnectionHarness.Within(session.DisposeAsync().AsTask());

        // Once for the wait that nobody waits for any more, once for the handle.
        Assert.Equal(2, _service.Requests.Count(static request => request.Line.Contains("/:stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Wait_LooksAfter2SecondsGrowingTo10_AndReportsEachLook()
    {
        RenderingSession session = await OpenAsync("Starting");
        var reports = new List<string>();
        for (int i = 0; i < 6; i++)
        {
            _service.Then(200, ScriptedService.SessionJson(status: i < 5 ? "Starting" : "Ready"));
        }

        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync(new Reporter(reports));
        var gaps = new List<double>();
        while (!wait.IsCompleted)
        {
            await ConnectionHarness.UntilAsync(() => wait.IsCompleted || (session.Client.Observer.IsResting && _time.PendingTimers >= 2));
            if (wait.IsCompleted)
            {
                break;
            }

            TimeSpan gap = _time.UntilNextTimer!.Value;
            gaps.Add(gap.TotalSeconds);
            await _time.PassAsync(gap);
        }

        Assert.Equal(RenderingSessionStatus.Ready, (await wait).Status);
        Assert.Equal([2, 3, 4.5, 6.75, 10], gaps);
        Assert.Equal(["Starting", "Starting", "Starting", "Starting", "Starting", "Ready"], reports);
    }

    [Fact]
    public async Task Wait_ObeysRetryAfter()
    {
        RenderingSession session = await OpenAsync("Starting");
        _service.Then(200, ScriptedService.SessionJson(status: "Starting"), headers: ("Retry-After", "7"))
            .Then(200, ScriptedService.SessionJson());
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync();
        await ConnectionHarness.UntilAsync(() => session.Client.Observer.IsResting);
        Assert.Equal(7, _time.UntilNextTimer!.Value.TotalSeconds);
        await _time.PassAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(RenderingSessionStatus.Ready, (await wait).Status);
    }

    [Theory]
    [InlineData("Error")]
    [InlineData("Stopped")]
    [InlineData("Expired")]
    [ExpectedLog("SessionEnded")]
    public async Task Wait_ForASessionThatEnds_ThrowsAndSaysHow(string status)
    {
        RenderingSession session = await OpenAsync("Starting");
        _service.Then(200, ScriptedService.SessionJson(status: status));
        RenderingSessionEndedException exception =
            await Assert.ThrowsAsync<RenderingSessionEndedException>(() => session.WaitUntilReadyAsync());
        Assert.Equal(status, exception.Status.ToString());
        Assert.Contains(status, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_ToleratesABadLook()
    {
        RenderingSession session = await OpenAsync("Starting");
        _service.Then(500).Then(500).Then(500).Then(500).Then(200, "<html>").Then(200, ScriptedService.SessionJson());
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync();
        await _time.PassUntilAsync(() => wait.IsCompleted);
        Assert.Equal(RenderingSessionStatus.Ready, (await wait).Status);
    }

    [Fact]
    public async Task Wait_GivesUp_WhenTheServiceStaysAway()
    {
        RenderingSession session = await OpenAsync("Starting", maxRetries: 0);
        _service.Otherwise = static _ => ScriptedService.Answer(503);
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync();
        await _time.PassUntilAsync(() => wait.IsCompleted);
        Assert.Equal(503, (await Assert.ThrowsAsync<RequestFailedException>(() => wait)).Status);
        Assert.Equal(7, _service.Requests.Count);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Wait_ForASessionThatIsGone_FailsAtOnce()
    {
        RenderingSession session = await OpenAsync("Starting");
        _service.Then(404);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => session.WaitUntilReadyAsync())).Status);
    }

    [Fact]
    public async Task Wait_HasADeadline()
    {
        RenderingSession session = await OpenAsync("Starting");
        _service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson(status: "Starting"));
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync(
            new RenderingSessionWaitOptions { Timeout = TimeSpan.FromSeconds(15) }, null, CancellationToken.None);
        await _time.PassUntilAsync(() => wait.IsCompleted);
        TimeoutException exception = await Assert.ThrowsAsync<TimeoutException>(() => wait);
        Assert.Contains("Starting", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_Cancelled_ReturnsAtOnce_AndLeavesNoTimer()
    {
        RenderingSession session = await OpenAsync("Starting");
        _service.Then(200, ScriptedService.SessionJson(status: "Starting"));
        using var source = new CancellationTokenSource();
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync(cancellationToken: source.Token);
        await ConnectionHarness.Within(_time.WaitForTimersAsync(2));
        await source.CancelAsync();
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task Lease_NeverGoesDown_OnAStaleRead()
    {
        RenderingSession session = await OpenAsync("Ready", lease: 15);
        _service.Then(200, ScriptedService.SessionJson(lease: 20)).Then(200, ScriptedService.SessionJson(lease: 5));
        await session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(20)));
        Assert.Equal(TimeSpan.FromMinutes(20), (await session.GetPropertiesAsync()).MaxLeaseTime);
        Assert.Equal(TimeSpan.FromMinutes(20), session.Properties.MaxLeaseTime);
    }

    [Fact]
    public async Task Status_NeverGoesBack_OnAStaleRead()
    {
        RenderingSession session = await OpenAsync("Ready");
        _service.Then(204).Then(200, ScriptedService.SessionJson());
        await session.StopAsync();
        Assert.Equal(RenderingSessionStatus.Stopped, session.Status);
        await session.GetPropertiesAsync();
        Assert.Equal(RenderingSessionStatus.Stopped, session.Status);
        Assert.Equal(TimeSpan.Zero, session.Lease.RemainingAtMost);
    }

    [Fact]
    public async Task Extend_AddsToWhatIsGranted_RoundedUp()
    {
        RenderingSession session = await OpenAsync("Ready", lease: 15);
        _service.Then(200, ScriptedService.SessionJson(lease: 26));
        await session.ExtendLeaseAsync(TimeSpan.FromSeconds(601));
        Assert.Equal("""{"maxLeaseTimeMinutes":26}""", _service.Requests[1].Body);
    }

    [Fact]
    public async Task Extend_AtTheSameTime_AddsUp()
    {
        RenderingSession session = await OpenAsync("Ready", lease: 15);
        _service.Then(200, ScriptedService.SessionJson(lease: 20)).Then(200, ScriptedService.SessionJson(lease: 25));
        await Task.WhenAll(session.ExtendLeaseAsync(TimeSpan.FromMinutes(5)), session.ExtendLeaseAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(
            ["""{"maxLeaseTimeMinutes":20}""", """{"maxLeaseTimeMinutes":25}"""],
            _service.Requests.Skip(1).Select(static request => request.Body));
    }

    [Fact]
    public async Task Extend_OvertakenByAnotherProcess_ComesOnTop()
    {
        RenderingSession session = await OpenAsync("Ready", lease: 15);
        _service.Then(422).Then(200, ScriptedService.SessionJson(lease: 60)).Then(200, ScriptedService.SessionJson(lease: 60))
            .Then(200, ScriptedService.SessionJson(lease: 65));
        Assert.Equal(TimeSpan.FromMinutes(65), (await session.ExtendLeaseAsync(TimeSpan.FromMinutes(5))).MaxLeaseTime);
    }

    [Fact]
    public async Task Extend_Beyond24Hours_IsRefusedBeforeSending()
    {
        RenderingSession session = await OpenAsync("Ready", lease: 1430);
        ArgumentOutOfRangeException exception =
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => session.ExtendLeaseAsync(TimeSpan.FromMinutes(11)));
        Assert.Equal("by", exception.ParamName);
        Assert.Single(_service.Requests);
    }

    private static async Task<RenderingSession> OpenAsync(ScriptedService service, string status, int lease, int maxRetries)
    {
        service.Then(200, ScriptedService.SessionJson(status: status, lease: lease));
        return await service.Client(maxRetries: maxRetries).OpenRenderingSessionAsync("s1");
    }

    private Task<RenderingSession> OpenAsync(string status, int lease = 20, int maxRetries = 3)
        => OpenAsync(_service, status, lease, maxRetries);

    private sealed class Reporter(List<string> reports) : IProgress<RenderingSessionProperties>
    {
        public void Report(RenderingSessionProperties value) => reports.Add(value.Status.ToString());
    }
}
