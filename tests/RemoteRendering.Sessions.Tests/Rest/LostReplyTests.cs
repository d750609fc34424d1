using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Rest;

public class LostReplyTests
{
    [Theory]
    [InlineData(true, "Create")]
    [InlineData(false, "Create")]
    [InlineData(true, "Update")]
    [InlineData(false, "Update")]
    [InlineData(true, "Stop")]
    [InlineData(false, "Stop")]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Request_ThatMayHaveHappened_AndThenNoToken_IsUnknown(bool isCut, string operation)
    {
        var time = new VirtualTimeProvider();
        var service = new ScriptedService { Time = time };
        service.Token = number => Task.FromResult(number == 1
            ? ScriptedService.Answer(
                200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(time.GetUtcNow(), TimeSpan.FromHours(24), number)}}"}""")
            : ScriptedService.Answer(403));
        service.Then((_, _) =>
        {
            time.AdvanceAlone(TimeSpan.FromHours(25));
            return isCut
                ? Task.FromException<HttpResponseMessage>(new HttpRequestException("cut"))
                : Task.FromResult(ScriptedService.Answer(500));
        });
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard) { SessionId = "s1" };
        RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => operation switch
        {
            "Create" => service.Client().CreateNewRenderingSessionAsync(options),
            "Update" => service.Client().UpdateSessionAsync("s1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30))),
            _ => (Task)service.Client().StopSessionAsync("s1"),
        });
        Assert.Equal(("s1", operation), (exception.SessionId, exception.Operation));
        Assert.Single(service.Requests);
    }

    private static readonly RenderingSessionUpdateOptions Twenty = new(TimeSpan.FromMinutes(20));

    private static RenderingSessionCreationOptions Creation => new(TimeSpan.FromMinutes(20), "Standard") { SessionId = "s1" };

    [Fact]
    public async Task Create_WhoseReplyWasLost_IsRepeatedWithTheSameId()
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(200, ScriptedService.SessionJson("s1", "Starting"));
        RenderingSession session = await service.Client().CreateNewRenderingSessionAsync(Creation);
        Assert.Equal("s1", session.SessionUuid);
        Assert.Equal(service.Requests[0].Line, service.Requests[1].Line);
        Assert.Equal(service.Requests[0].Body, service.Requests[1].Body);
    }

    [Fact]
    public async Task Create_WhoseEveryReplyWasLost_IsReadBack()
    {
        ScriptedService service = new ScriptedService().ThenCut().ThenCut().Then(200, ScriptedService.SessionJson("s1", "Starting"));
        RenderingSession session = await service.Client(maxRetries: 1).CreateNewRenderingSessionAsync(Creation);
        Assert.Equal("s1", session.SessionUuid);
        Assert.Equal(["PUT", "PUT", "GET"], service.Requests.Select(static request => request.Method));
    }

    [Fact]
    public async Task Create_ThatReadBackDoesNotFind_IsAFailure()
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(404);
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client(maxRetries: 0).CreateNewRenderingSessionAsync(Creation));
        Assert.Equal(RemoteRenderingErrorCode.NoAnswer, exception.ErrorCode);
    }

    [Fact]
    public async Task Create_ThatCannotBeReadBack_IsUnknown()
    {
        ScriptedService service = new ScriptedService().ThenCut().ThenCut();
        RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
            () => service.Client(maxRetries: 0).CreateNewRenderingSessionAsync(Creation));
        Assert.Equal("s1", exception.SessionId);
        Assert.Equal("Create", exception.Operation);
    }

    [Fact]
    public async Task Create_ThatCollidesWithItsOwnLostTry_Succeeds()
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(409).Then(200, ScriptedService.SessionJson("s1", "Starting"));
        Assert.Equal("s1", (await service.Client().CreateNewRenderingSessionAsync(Creation)).SessionUuid);
    }

    [Fact]
    public async Task Create_ThatCollidesAtOnce_IsAConflict()
    {
        ScriptedService service = new ScriptedService().Then(409, """{"error":{"code":"Conflict","message":"exists"}}""");
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().CreateNewRenderingSessionAsync(Creation));
        Assert.Equal(409, exception.Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task CreateInV1_WhoseReplyWasLost_IsNeverSentTwice()
    {
        ScriptedService service = new ScriptedService().ThenCut();
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard");
        RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
            () => service.Client(ServiceVersion.V1).CreateNewRenderingSessionAsync(creation));
        Assert.Null(exception.SessionId);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task CreateInV1_ThatTookTooLong_IsNeverSentTwice()
    {
        ScriptedService service = new ScriptedService()
            .Then(static (_, _) =>
                Task.FromException<HttpResponseMessage>(new TaskCanceledException("The operation exceeded the network time-out.")));
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard");
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
            () => service.Client(ServiceVersion.V1).CreateNewRenderingSessionAsync(creation));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task CreateInV1_ThatFailed_IsNotSentAgain(int status)
    {
        ScriptedService service = new ScriptedService().Then(status);
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard");
        RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
            () => service.Client(ServiceVersion.V1).CreateNewRenderingSessionAsync(creation));
        Assert.Equal(status, Assert.IsType<RequestFailedException>(exception.InnerException).Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task CreateInV1_ThatWasRefusedForLater_IsAFailure()
    {
        ScriptedService service = new ScriptedService().Then(503, null, "application/json", ("Retry-After", "30"));
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard");
        Assert.Equal(
            503,
            (
                await Assert.ThrowsAsync<RequestFailedException>(
                    () => service.Client(ServiceVersion.V1).CreateNewRenderingSessionAsync(creation))).Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task CreateInV1_ThatWasThrottled_IsSentAgain()
    {
        ScriptedService service = new ScriptedService().Then(429).Then(202, """{"sessionId":"0a1b2c3d-0000-1111-2222-333344445555"}""");
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard");
        RenderingSession session = await service.Client(ServiceVersion.V1).CreateNewRenderingSessionAsync(creation);
        Assert.Equal("0a1b2c3d-0000-1111-2222-333344445555", session.SessionUuid);
    }

    [Fact]
    [Trait("Museum", "M09")]
    public async Task Update_WhoseReplyWasLost_SucceedsWhenTheRepeatIsRefusedAsNotLarger()
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(422).Then(200, ScriptedService.SessionJson(lease: 20));
        Response<RenderingSessionProperties> answer = await service.Client().UpdateSessionAsync("s1", Twenty);
        Assert.Equal(TimeSpan.FromMinutes(20), answer.Value.MaxLeaseTime);
    }

    [Fact]
    public async Task Update_ToWhatIsGranted_IsASuccess()
    {
        ScriptedService service = new ScriptedService().Then(422).Then(200, ScriptedService.SessionJson(lease: 20));
        Assert.Equal(TimeSpan.FromMinutes(20), (await service.Client().UpdateSessionAsync("s1", Twenty)).Value.MaxLeaseTime);
    }

    [Fact]
    public async Task Update_ToLess_IsRefused()
    {
        ScriptedService service = new ScriptedService().Then(422).Then(200, ScriptedService.SessionJson(lease: 40));
        Assert.Equal(
            422, (await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().UpdateSessionAsync("s1", Twenty))).Status);
    }

    [Fact]
    public async Task Update_OfAnEndedSession_IsRefused()
    {
        ScriptedService service = new ScriptedService().Then(422).Then(200, ScriptedService.SessionJson(status: "Stopped", lease: 20));
        Assert.Equal(
            422, (await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().UpdateSessionAsync("s1", Twenty))).Status);
    }

    [Fact]
    public async Task Update_ThatIsAnsweredWithTheOldLease_SaysWhatTheServiceSaid()
    {
        ScriptedService service = new ScriptedService().Then(200, ScriptedService.SessionJson(lease: 5));
        Assert.Equal(TimeSpan.FromMinutes(5), (await service.Client().UpdateSessionAsync("s1", Twenty)).Value.MaxLeaseTime);
    }

    [Fact]
    public async Task Update_ThatReadBackDoesNotShow_IsUnknown()
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(200, ScriptedService.SessionJson(lease: 5));
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => service.Client(maxRetries: 0).UpdateSessionAsync("s1", Twenty));
    }

    [Theory]
    [InlineData("Stopped")]
    [InlineData("Expired")]
    [InlineData("Error")]
    [Trait("Museum", "M08")]
    public async Task Stop_OfWhatHasEnded_IsASuccess(string status)
    {
        ScriptedService service = new ScriptedService().Then(409).Then(200, ScriptedService.SessionJson(status: status));
        Assert.Equal(200, (await service.Client().StopSessionAsync("s1")).Status);
    }

    [Fact]
    public async Task Stop_WhoseEveryReplyWasLost_IsReadBack()
    {
        ScriptedService service = new ScriptedService().ThenCut().ThenCut().Then(200, ScriptedService.SessionJson(status: "Stopped"));
        Assert.Equal(200, (await service.Client(maxRetries: 1).StopSessionAsync("s1")).Status);
    }

    [Fact]
    public async Task Stop_ThatReadBackDoesNotShow_IsUnknown()
    {
        ScriptedService service = new ScriptedService().ThenCut().Then(200, ScriptedService.SessionJson());
        Assert.Equal(
            "Stop",
            (
                await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
                    () => service.Client(maxRetries: 0).StopSessionAsync("s1"))).Operation);
    }

    [Fact]
    public async Task Stop_OfAnUnknownSession_IsNotFound()
    {
        ScriptedService service = new ScriptedService().Then(404).Then(404);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().StopSessionAsync("s1"))).Status);
    }

    [Fact]
    public async Task Create_Cancelled_TellsTheIdThatMayBeRunning()
    {
        using var source = new CancellationTokenSource();
        ScriptedService service = new ScriptedService().Then(async (_, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedService.Answer(500);
        });
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard");
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => service.Client().CreateNewRenderingSessionAsync(creation, source.Token));
        Assert.Contains((string)exception.Data["SessionId"]!, service.Requests[0].Line, StringComparison.Ordinal);
    }
}
