using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Observation;
using RemoteRendering.Sessions.Tests.Observation.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests;

/// <summary>A 404 of the service for a session that was read before is an end, for all that depends on the session.</summary>
public class ForgottenSessionTests
{
    private const string ErrorBody = """{"error":{"code":"SessionNotFound","message":"no such session"}}""";

    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;

    public ForgottenSessionTests() => _service = new ScriptedService { Time = _time };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> WaysToHear => new() { "read", "renew", "extend", "stop", "open", "watch", "wait" };

    [Theory]
    [MemberData(nameof(WaysToHear))]
    [ExpectedLog("LeaseLost", "SessionEnded")]
    public async Task NotFound_HeardInAnyWay_IsTheEndForAll(string way)
    {
        RenderingSession session = await OpenAsync();
        await using var reader = new WatchReader(session.WatchAsync);
        await reader.WaitForAsync(1);
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));

        // Nothing else is under way: what the watch or the renewal heard during a stop would count as the effect of that stop.
        await Quiescence.WaitAsync();
        _service.Otherwise = static _ => ScriptedService.Answer(404, ErrorBody);
        await HearAsync(session, way);

        await ConnectionHarness.UntilAsync(() => session.Status == RenderingSessionStatus.Forgotten);
        Assert.True(session.Status.IsTerminal);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (session.Lease.RemainingAtLeast, session.Lease.RemainingAtMost));
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
        Assert.True(renewal.Lost.IsCancellationRequested);
        await ConnectionHarness.Within(reader.Completion);
        Assert.Equal(RenderingSessionEndReason.Forgotten, reader.Changes[^1].EndReason);
        await session.StopAsync(Token);
        Assert.Throws<RenderingSessionEndedException>(() => session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1))));
        Assert.Equal(
            RenderingConnectionReason.SessionNotFound,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => session.ConnectAsync(cancellationToken: Token))).Reason);
    }

    [Theory]
    [InlineData("<html><body>No such site</body></html>", "text/html")]
    [InlineData("404 page not found", "text/plain")]
    [InlineData("""{"message":"no Route matched with those values"}""", "application/json")]
    [InlineData("[]", "application/json")]
    public async Task NotFound_OfSomethingInBetween_EndsNothing(string body, string type)
    {
        RenderingSession session = await OpenAsync();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        _service.Otherwise = _ => ScriptedService.Answer(404, body, type);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => session.StopAsync(Token))).Status);
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
        Assert.False(renewal.Completion.IsCompleted);
        await renewal.StopAsync(Token);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task NotFound_OfTheTokenService_EndsNothing()
    {
        RenderingSession session = await OpenAsync();
        _service.Token = static _ => Task.FromResult(ScriptedService.Answer(404));
        _service.Otherwise = static _ => ScriptedService.Answer(401);
        Assert.Equal(404, (await Assert.ThrowsAnyAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token))).Status);
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task NotFound_RightAfterTheCreate_EndsNothing()
    {
        _service.Then(201, ScriptedService.SessionJson(status: "Starting")).Then(404);
        RenderingSession session = await _service.Client()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard") { SessionId = "s1" }, Token);
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        Assert.Equal(RenderingSessionStatus.Starting, session.Status);

        // When the service has had the time to know it everywhere, it is an end.
        await _time.PassAsync(TimeSpan.FromSeconds(11));
        _service.Then(404);
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        Assert.Equal(RenderingSessionStatus.Forgotten, session.Status);
    }

    [Fact]
    public async Task NotFound_OfASessionThatHasEnded_ChangesNothing()
    {
        RenderingSession session = await OpenAsync("Stopped");
        _service.Otherwise = static _ => ScriptedService.Answer(404);
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        Assert.Equal(RenderingSessionStatus.Stopped, session.Status);
        await session.StopAsync(Token);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Forgotten_AndThenDescribedAgain_IsWhatTheServiceSays()
    {
        RenderingSession session = await OpenAsync();
        _service.Then(404);
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        Assert.Equal(RenderingSessionStatus.Forgotten, session.Status);
        await session.GetPropertiesAsync(Token);
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
        Assert.True(session.Lease.RemainingAtMost > TimeSpan.Zero);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Connection_Ends_WhenTheServiceForgetsTheSession()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RenderingSession session = await emulator.CreateClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard), Token);
        await session.GetPropertiesAsync(Token);
        RenderingConnection connection = await session.ConnectAsync(cancellationToken: Token);
        emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(404));
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        RenderingConnectionEnd end = await ConnectionHarness.Within(connection.Completion);
        Assert.Equal((RenderingConnectionReason.SessionNotFound, false), (end.Reason, end.IsRequested));
        await session.DisposeAsync();
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task AccountWatch_TellsTheEnd()
    {
        RenderingSession session = await OpenAsync();
        _service.Otherwise = static request => request.RequestUri!.AbsolutePath.EndsWith("/sessions", StringComparison.Ordinal)
            ? ScriptedService.Answer(200, $$"""{"sessions":[{{ScriptedService.SessionJson()}}]}""")
            : ScriptedService.Answer(404);
        await using var reader = new WatchReader(session.Client.WatchSessionsAsync);
        await reader.WaitForAsync(1);
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        RenderingSessionChange[] changes = await reader.WaitForAsync(2);
        Assert.Equal(
            (RenderingSessionEndReason.Forgotten, RenderingSessionStatus.Forgotten), (changes[1].EndReason, changes[1].Current.Status));
    }

    private async Task HearAsync(RenderingSession session, string way)
    {
        switch (way)
        {
            case "read":
                await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
                break;
            case "renew":
                await Assert.ThrowsAsync<RequestFailedException>(
                    () => session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30)), Token));
                break;
            case "extend":
                await Assert.ThrowsAsync<RequestFailedException>(() => session.ExtendLeaseAsync(TimeSpan.FromMinutes(5), Token));
                break;
            case "stop":
                await session.StopAsync(Token);
                break;
            case "open":
                await Assert.ThrowsAsync<RequestFailedException>(
                    () => session.Client.OpenRenderingSessionAsync(session.SessionUuid, Token));
                break;
            case "wait":
                await _time.StallAsync(TimeSpan.FromSeconds(10));

                // The watch, which looks again after that time too, may hear it first.
                Exception? error = await Record.ExceptionAsync(() => session.WaitUntilReadyAsync(cancellationToken: Token));
                Assert.True(error is RequestFailedException { Status: 404 } or RenderingSessionEndedException, $"{error}");
                break;
            default:
                await foreach (RenderingSessionChange change in session.WatchAsync(Token))
                {
                    await _time.PassAsync(change.EndReason is null ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
                }

                break;
        }
    }

    private async Task<RenderingSession> OpenAsync(string status = "Ready")
    {
        _service.Otherwise = _ => ScriptedService.Answer(200, ScriptedService.SessionJson(status: status));
        return await _service.Client(maxRetries: 0).OpenRenderingSessionAsync("s1", Token);
    }
}
