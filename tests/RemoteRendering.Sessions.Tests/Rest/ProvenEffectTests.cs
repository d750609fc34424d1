using Azure;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.TestSupport;

using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>
/// A status alone proves nothing: proxies, portals and maintenance pages answer with success too. Whatever is not this protocol's own
/// answer is read back.
/// </summary>
public class ProvenEffectTests
{
    private const string Page = "<html><body>maintenance</body></html>";
    private const string V1Id = "0a1b2c3d-0000-1111-2222-333344445555";

    public static TheoryData<int, string?, string> ForeignAnswers => new()
    {
        { 200, Page, "text/html" },
        { 200, null, "application/json" },
        { 202, null, "application/json" },
        { 201, Page, "text/html" },
        { 203, Page, "text/html" },
        { 205, null, "text/plain" },
        { 206, "{", "application/json" },
        { 207, Page, "text/html" },
        { 226, null, "text/plain" },
        { 299, "{}", "application/json" },
        { 200, "{}", "application/json" },
        { 200, "null", "application/json" },
        { 200, "\"ok\"", "application/json" },
        { 200, """{"status":"Stopped"}""", "application/json" },
        { 200, """{"id":"another","status":"Stopped","size":"Standard"}""", "application/json" },
        { 200, """{"sessionId":"another","sessionStatus":"stopped","sessionSize":"standard"}""", "application/json" },
    };

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    public async Task Stop_ForeignAnswer_SessionRuns_IsUnknown_InEveryVersion(int status, string? body, string type)
    {
        foreach (ServiceVersion version in Versions)
        {
            ScriptedService service = new ScriptedService().Then(status, body, type).Then(200, Json(version, "Ready"));
            RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
                () => service.Client(version).StopSessionAsync(V1Id));
            Assert.Equal(("Stop", V1Id, status), (exception.Operation, exception.SessionId, exception.Status));
            Assert.Equal(2, service.Requests.Count);
        }
    }

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    public async Task Stop_ForeignAnswer_SessionHasEnded_IsASuccess_InEveryVersion(int status, string? body, string type)
    {
        foreach (ServiceVersion version in Versions)
        {
            ScriptedService service = new ScriptedService().Then(status, body, type).Then(200, Json(version, "Stopped"));
            Response answer = await service.Client(version).StopSessionAsync(V1Id);
            Assert.Equal("GET", service.Requests[1].Method);
            Assert.Equal(200, answer.Status);
        }
    }

    [Fact]
    public async Task Stop_AnswersOfTheProtocol_NeedNoRead()
    {
        foreach (ServiceVersion version in Versions)
        {
            foreach (string status in new[] { "Stopped", "Stopping", "Expired", "Error" })
            {
                ScriptedService withBody = new ScriptedService().Then(200, Json(version, status));
                await withBody.Client(version).StopSessionAsync(V1Id);
                Assert.Single(withBody.Requests);
            }

            ScriptedService empty = new ScriptedService().Then(204);
            await empty.Client(version).StopSessionAsync(V1Id);
            Assert.Single(empty.Requests);
        }
    }

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    [ExpectedLog("SessionEnded")]
    public async Task HandleStop_ForeignAnswer_StatusIsWhatTheServiceSays(int status, string? body, string type)
    {
        ScriptedService service = new ScriptedService()
            .Then(200, Json(ServiceVersion.V2021_01_01, "Ready")).Then(status, body, type)
            .Then(200, Json(ServiceVersion.V2021_01_01, "Ready"));
        RenderingSession session = await service.Client().OpenRenderingSessionAsync(V1Id);
        await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(() => session.StopAsync());
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);

        service.Then(200, Json(ServiceVersion.V2021_01_01, "Expired"));
        await session.StopAsync();
        Assert.Equal(RenderingSessionStatus.Expired, session.Status);
    }

    [Fact]
    [ExpectedLog("StopOnDisposeFailed")]
    public async Task DisposeOfAHandleMadeToStop_ForeignAnswer_IsLogged_AndTheStatusStays()
    {
        ScriptedService service = new ScriptedService()
            .Then(201, Json(ServiceVersion.V2021_01_01, "Starting")).Then(200, Page, "text/html")
            .Then(200, Json(ServiceVersion.V2021_01_01, "Starting"));
        var logs = new CollectingLoggerFactory();
        RemoteRenderingClientOptions options = service.Options();
        options.LoggerFactory = logs;
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(ScriptedService.Key),
            options);
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), "Standard") { SessionId = V1Id, StopOnDispose = true };
        RenderingSession session = await client.CreateNewRenderingSessionAsync(creation);
        await session.DisposeAsync();
        Assert.Equal(RenderingSessionStatus.Starting, session.Status);
        Assert.Contains(
            logs.Log.Entries, static entry => entry.Event == "StopOnDisposeFailed" && entry.Exception is RenderingOutcomeUnknownException);
    }

    [Theory]
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(226)]
    public async Task Create_ForeignSuccess_IsReadBack_AndFound(int status)
    {
        ScriptedService service = new ScriptedService().Then(status, status == 204 ? null : Page, "text/html")
            .Then(200, Json(ServiceVersion.V2021_01_01, "Starting"));
        CreateRenderingSessionResult created = await service.Client().CreateRenderingSessionAsync(Creation);
        Assert.Equal(V1Id, created.Session.SessionUuid);
        Assert.Null(created.WasCreated);
        Assert.Equal("GET", service.Requests[1].Method);
    }

    [Theory]
    [InlineData(201, Page)]
    [InlineData(202, "")]
    [InlineData(203, Page)]
    [InlineData(204, null)]
    [InlineData(200, Page)]
    [InlineData(200, "")]
    [InlineData(226, "{}")]
    public async Task Update_ForeignSuccess_IsReadBack_InEveryVersion(int status, string? body)
    {
        foreach (ServiceVersion version in Versions)
        {
            if (version == ServiceVersion.V1 && string.IsNullOrEmpty(body) && status is 200 or 204)
            {
                continue;
            }

            ScriptedService service = new ScriptedService().Then(status, body, "text/html").Then(200, Json(version, "Ready", lease: 20));
            Assert.Equal(TimeSpan.FromMinutes(20), (await service.Client(version).UpdateSessionAsync(V1Id, Twenty)).Value.MaxLeaseTime);

            service.Then(status, body, "text/html").Then(200, Json(version, "Ready", lease: 10));
            Assert.Equal(
                "Update",
                (
                    await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
                        () => service.Client(version).UpdateSessionAsync(V1Id, Twenty))).Operation);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(206)]
    public async Task ReadAndList_ForeignSuccess_IsInvalidResponse(int status)
    {
        foreach (ServiceVersion version in Versions)
        {
            var service = new ScriptedService { Otherwise = _ => ScriptedService.Answer(status, Page, "text/html") };
            Assert.Equal(
                RemoteRenderingErrorCode.InvalidResponse,
                (
                    await Assert.ThrowsAsync<RequestFailedException>(
                        () => service.Client(version).GetSessionPropertiesAsync(V1Id))).ErrorCode);
            Assert.Equal(
                RemoteRenderingErrorCode.InvalidResponse,
                (
                    await Assert.ThrowsAsync<RequestFailedException>(async () =>
                        await service.Client(version).GetCurrentRenderingSessionsAsync().GetAsyncEnumerator().MoveNextAsync())).ErrorCode);
        }
    }

    [Fact]
    public async Task EveryUnexpectedSuccess_HasTheCodeInvalidResponse()
    {
        for (int status = 200; status < 300; status++)
        {
            Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, ServiceFailure.CodeFor(status));
        }

        ScriptedService service = new ScriptedService().Then(201, """{"id":"s1","status":"Ready","size":"Standard"}""");
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal((201, RemoteRenderingErrorCode.InvalidResponse), (exception.Status, exception.ErrorCode));
    }

    [Fact]
    public void NotFound_IsJudgedInOnePlace()
    {
        // A 404 may come from the token service or from something in between: only ServiceFailure.IsSessionUnknown tells it from the
        // service's own.
        string[] allowed = [
            "Pipeline/ServiceFailure.cs", "Pipeline/ServiceErrorParser.cs", "Pipeline/Tokens/TokenService.cs", "Rest/SessionOperations.cs",
            "Sessions/SessionConnectionEnvironment.cs", "Observation/SessionObserver.Loop.cs"
        ];
        var others = CoreSource.Files()
            .Where(file => !allowed.Contains(file.Key) && System.Text.RegularExpressions.Regex.IsMatch(file.Value, @"\b404\b"))
            .Select(file => file.Key);
        Assert.Empty(others);

        // Nor does it prove anything right after a create. The loop of the watches asks what the service said: it ends a watch with the
        // failure, not with an end of the session.
        string[] mayAskWhatWasSaid = ["Pipeline/ServiceFailure.cs", "Observation/SessionObserver.Loop.cs"];
        Assert.Equal(
            mayAskWhatWasSaid.Order(StringComparer.Ordinal),
            CoreSource.Files().Where(static file => file.Value.Contains("SaysSessionUnknown(", StringComparison.Ordinal))
                .Select(static file => file.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            CoreSource.Files(), static file
                => System.Text.RegularExpressions.Regex.IsMatch(
                    file.Value, @"(==|is|ErrorCode:)\s*RemoteRenderingErrorCode\.SessionNotFound"));
    }

    private static IEnumerable<ServiceVersion> Versions
        => [ServiceVersion.V1, ServiceVersion.V2021_01_01_Preview, ServiceVersion.V2021_01_01];

    private static RenderingSessionUpdateOptions Twenty => new(TimeSpan.FromMinutes(20));

    private static RenderingSessionCreationOptions Creation => new(TimeSpan.FromMinutes(20), "Standard") { SessionId = V1Id };

    private static string Json(ServiceVersion version, string status, int lease = 20) => version == ServiceVersion.V1
        ? $$"""{"sessionId":"{{V1Id}}","sessionStatus":"{{status}}","sessionSize":"standard","sessionMaxLeaseTime":"00:{{lease}}:00"}"""
        : ScriptedService.SessionJson(V1Id, status, lease);
}
