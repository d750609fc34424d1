using System.Net;
using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Observation.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Observation;

/// <summary>Watches of a service of which some requests hang, and some operations are of no use.</summary>
public class WatchTroubleTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;
    private readonly RemoteRenderingClient _client;

    public WatchTroubleTests()
    {
        _service = new ScriptedService { Time = _time, Otherwise = static request => Answer(request) };
        _client = _service.Client(maxRetries: 0);
    }

    [Fact]
    public async Task Watch_EndedWhileAListHangs_EndsAtOnce_AndTheNextOneWorks()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<HttpResponseMessage>();
        _service.Then((_, _) =>
        {
            asked.SetResult();
            return never.Task;
        });
        using var source = new CancellationTokenSource();
        Task first = ReadAllAsync(source.Token);
        await ConnectionHarness.Within(asked.Task);
        await source.CancelAsync();
        OperationCanceledException exception =
            await ConnectionHarness.Within(Assert.ThrowsAnyAsync<OperationCanceledException>(() => first));
        Assert.Equal(source.Token, exception.CancellationToken);

        await using var reader = new WatchReader(_client.WatchSessionsAsync);
        await reader.WaitForAsync(1);
        Assert.Equal(["1 Created Ready"], reader.Lines);
        never.SetCanceled(TestContext.Current.CancellationToken);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task OneRequestThatHangs_HoldsUpTheOthersFor15Seconds()
    {
        RenderingSession hanging = await _client.OpenRenderingSessionAsync("hanging");
        RenderingSession other = await _client.OpenRenderingSessionAsync("other");
        _service.Otherwise = static request => Answer(request, status: "Stopped");
        var never = new TaskCompletionSource<HttpResponseMessage>();
        _service.Then((_, _) => never.Task);
        await using var hangingReader = new WatchReader(hanging.WatchAsync);
        await ConnectionHarness.UntilAsync(() => _service.Requests.Count == 3);
        await using var otherReader = new WatchReader(other.WatchAsync);
        await otherReader.WaitForAsync(1);
        await _time.PassAsync(TimeSpan.FromSeconds(15));
        RenderingSessionChange[] changes = await ConnectionHarness.Within(otherReader.WaitForAsync(2));
        Assert.Equal(RenderingSessionEndReason.StoppedElsewhere, changes[^1].EndReason);
        Assert.False(hangingReader.Completion.IsFaulted);
        never.SetCanceled(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Throttled_IsHeardAtOnce_WithTheRetriesThatUsersHave()
    {
        RemoteRenderingClient client = _service.Client(maxRetries: 3);
        RenderingSession session = await client.OpenRenderingSessionAsync("a");
        _service.Then(429, headers: ("Retry-After", "40"));
        await using var reader = new WatchReader(session.WatchAsync);
        await reader.WaitForAsync(1);
        await ConnectionHarness.UntilAsync(() => _service.Requests.Count == 2 && client.Observer.IsResting);
        Assert.InRange(_time.UntilNextTimer!.Value, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(41));
    }

    [Theory]
    [InlineData(403, "")]
    [InlineData(404, "")]
    [InlineData(200, """{"sessions":[7]}""")]
    public async Task ListOfNoUse_SessionsAreAskedForOneByOne(int status, string body)
    {
        _service.Otherwise = request => IsList(request) ? ScriptedService.Answer(status, body) : Answer(request, status: "Starting");
        RenderingSession[] sessions = [await _client.OpenRenderingSessionAsync("a"), await _client.OpenRenderingSessionAsync("b")];
        Task<RenderingSessionProperties>[] waits = [.. sessions.Select(static session => session.WaitUntilReadyAsync())];
        await PassAsync(TimeSpan.FromMinutes(1));
        _service.Otherwise = request => IsList(request) ? ScriptedService.Answer(status, body) : Answer(request);
        await PassAsync(TimeSpan.FromSeconds(30), waits);
        Assert.All(waits, static wait => Assert.Equal(RenderingSessionStatus.Ready, wait.Result.Status));

        // Not before every look: it was of no use.
        Assert.InRange(_service.Requests.Count(static request => request.Line.Contains("/sessions?", StringComparison.Ordinal)), 1, 2);
    }

    [Fact]
    public async Task TwoHandlesOfOneSession_CostNoMoreThanOne()
    {
        _service.Otherwise = static request => Answer(request, status: "Starting");
        RenderingSession old = await _client.OpenRenderingSessionAsync("a");
        await using var oldReader = new WatchReader(old.WatchAsync);
        await oldReader.WaitForAsync(1);
        await old.DisposeAsync();
        RenderingSession renewed = await _client.OpenRenderingSessionAsync("a");
        Assert.NotSame(old, renewed);
        await using var reader = new WatchReader(renewed.WatchAsync);
        await reader.WaitForAsync(1);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(_service.Requests.Count, 10, 25);
    }

    [Fact]
    public async Task Wait_ThatJoinsAWatchThatLooksSeldom_IsAnsweredAtOnce()
    {
        RenderingSession session = await _client.OpenRenderingSessionAsync("a");
        await using var reader = new WatchReader(session.WatchAsync);
        await reader.WaitForAsync(1);
        await PassAsync(TimeSpan.FromMinutes(3));
        await _time.PassAsync(TimeSpan.FromSeconds(5));
        int before = _service.Requests.Count;
        Assert.Equal(RenderingSessionStatus.Ready, (await ConnectionHarness.Within(session.WaitUntilReadyAsync())).Status);
        Assert.Equal(before + 1, _service.Requests.Count);
    }

    [Fact]
    public async Task Wait_AfterAFinalFailure_LooksItself()
    {
        RenderingSession session = await _client.OpenRenderingSessionAsync("a");
        _service.Then(403);
        await using IAsyncEnumerator<RenderingSessionChange> watch = session.WatchAsync(CancellationToken.None)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await watch.MoveNextAsync();
        await ConnectionHarness.UntilAsync(() => _service.Requests.Count == 2 && _client.Observer.IsResting);

        // The watch has not read yet that it has failed, so the session is still watched.
        await _time.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(RenderingSessionStatus.Ready, (await ConnectionHarness.Within(session.WaitUntilReadyAsync())).Status);
        await Assert.ThrowsAsync<RequestFailedException>(() => watch.MoveNextAsync().AsTask());
    }

    private static bool IsList(HttpRequestMessage request)
        => request.RequestUri!.AbsolutePath.EndsWith("/sessions", StringComparison.Ordinal);

    private static HttpResponseMessage Answer(HttpRequestMessage request, string status = "Ready") => ScriptedService.Answer(
        (int)HttpStatusCode.OK,
        IsList(request)
            ? $$"""{"sessions":[{{ScriptedService.SessionJson("a", status, lease: 600)}}]}"""
            : ScriptedService.SessionJson(request.RequestUri!.Segments[^1], status, lease: 600));

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        await foreach (RenderingSessionChange _ in _client.WatchSessionsAsync(cancellationToken))
        {
            // Only its end is of interest.
        }
    }

    private Task PassAsync(TimeSpan span, params Task[] waits)
    {
        long end = _time.GetTimestamp() + span.Ticks;
        return _time.PassUntilAsync(
            () => _time.GetTimestamp() >= end || (waits.Length > 0 && Array.TrueForAll(waits, static wait => wait.IsCompleted)), span);
    }
}
