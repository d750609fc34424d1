using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests;

/// <summary>Each member by itself: its one request and its result.</summary>
public sealed class RemoteRenderingClientTests
{
    private const string Account = "/accounts/11111111-2222-3333-4444-555555555555/sessions";
    private const string Version = "?api-version=2021-01-01";

    private readonly ScriptedService _service = new();
    private readonly RemoteRenderingClient _client;

    public RemoteRenderingClientTests() => _client = _service.Client();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Constructors_WithEachKindOfCredential_HaveEndpointAccountAndDevice()
    {
        (Uri endpoint, Guid account, string domain) = (ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain);
        var key = new AzureKeyCredential(ScriptedService.Key);
        var token = new AccessToken("opaque", DateTimeOffset.MaxValue);
        var entra = new FixedCredential();
        RemoteRenderingClientOptions options = _service.Options();
        options.ClientId = "mine";

        RemoteRenderingClient[] plain =
        [
            new(endpoint, account, domain, key),
            new(endpoint, account, domain, token),
            new(endpoint, account, domain, entra),
        ];
        RemoteRenderingClient[] named =
        [
            new(endpoint, account, domain, key, options),
            new(endpoint, account, domain, token, options),
            new(endpoint, account, domain, entra, options),
        ];

        Assert.All(plain.Concat(named), client => Assert.Equal((endpoint, account), (client.Endpoint, client.AccountId)));
        Assert.Equal(3, plain.Select(static client => client.ClientId).Distinct().Count());
        Assert.All(named, static client => Assert.Equal("mine", client.ClientId));
    }

    [Fact]
    public async Task EachCredential_IsSentToTheTokenService_AndAnAccessTokenToNone()
    {
        _service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson());
        (Uri endpoint, Guid account, string domain) = (ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain);

        RemoteRenderingClient[] clients =
        [
            new(endpoint, account, domain, new AzureKeyCredential("key"), _service.Options()),
            new(endpoint, account, domain, new FixedCredential(), _service.Options()),
            new(endpoint, account, domain, new AccessToken("opaque", DateTimeOffset.MaxValue), _service.Options()),
        ];
        foreach (RemoteRenderingClient client in clients)
        {
            await client.GetSessionPropertiesAsync("s1", Cancellation);
        }

        Assert.Equal([$"Bearer {account:D}:key", "Bearer entra"], _service.TokenRequests.Select(static request => request.Authorization));
        Assert.Equal("Bearer opaque", _service.Requests[2].Authorization);
    }

    [Fact]
    public async Task Request_HasTheHeadersOfTheServiceAndTheName()
    {
        _service.Then(200, ScriptedService.SessionJson());

        await _client.GetSessionPropertiesAsync("s1", Cancellation);

        IReadOnlyDictionary<string, string> headers = Assert.Single(_service.Requests).Headers;
        Assert.Equal("application/json", headers["Accept"]);
        Assert.Contains("RemoteRendering.Sessions/", headers["User-Agent"], StringComparison.Ordinal);
        Assert.True(Guid.TryParse(headers["x-ms-client-request-id"], out _));
        Assert.StartsWith("Bearer e30.", headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithoutAnId_NamesTheSessionWithAUuid_EachTimeAnother()
    {
        _service.Otherwise = static request
            => ScriptedService.Answer(201, ScriptedService.SessionJson(request.RequestUri!.Segments[^1], "Starting"));
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20.0), "tiny");

        await using RenderingSession first = await _client.CreateNewRenderingSessionAsync(options, Cancellation);
        await using RenderingSession second = await _client.CreateNewRenderingSessionAsync(options, Cancellation);

        Assert.NotEqual(first.SessionUuid, second.SessionUuid);
        Assert.True(Guid.TryParseExact(first.SessionUuid, "D", out _));
        Assert.Null(options.SessionId);
        Assert.Equal($"PUT {Account}/{first.SessionUuid}{Version}", _service.Requests[0].Line);
        Assert.Equal("""{"maxLeaseTimeMinutes":20,"size":"tiny"}""", _service.Requests[0].Body);
    }

    [Fact]
    public async Task Create_HasTheSessionOfTheAnswer_AndOpenTheSameHandle()
    {
        _service.Then(201, ScriptedService.SessionJson(status: "Starting")).Then(200, ScriptedService.SessionJson(status: "Ready"));
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20.0), RenderingSessionVmSize.Standard) { SessionId = "s1" };

        await using RenderingSession created = await _client.CreateNewRenderingSessionAsync(options, Cancellation);
        Assert.Equal(("s1", RenderingSessionStatus.Starting), (created.SessionUuid, created.Status));
        RenderingSession opened = await _client.OpenRenderingSessionAsync("s1", Cancellation);

        Assert.Same(created, opened);
        Assert.Equal(RenderingSessionStatus.Ready, created.Status);
        Assert.Equal($"GET {Account}/s1{Version}", _service.Requests[1].Line);
    }

    [Fact]
    public async Task Get_HasSessionAndAnswer()
    {
        _service.Then(200, ScriptedService.SessionJson(lease: 30, elapsed: 7), headers: ("MS-CV", "vector"));

        Response<RenderingSessionProperties> answer = await _client.GetSessionPropertiesAsync("s1", Cancellation);

        Assert.Equal(("s1", TimeSpan.FromMinutes(30.0)), (answer.Value.Id, answer.Value.MaxLeaseTime));
        Assert.Equal(TimeSpan.FromMinutes(7.0), answer.Value.ElapsedTime);
        Assert.Equal(200, answer.GetRawResponse().Status);
        Assert.True(answer.GetRawResponse().Headers.TryGetValue("MS-CV", out string? vector));
        Assert.Equal("vector", vector);
    }

    [Fact]
    public async Task Get_OfAnotherSession_IsAnInvalidResponse()
    {
        _service.Then(200, ScriptedService.SessionJson("S1"));

        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => _client.GetSessionPropertiesAsync("s1", Cancellation));

        Assert.Equal((200, RemoteRenderingErrorCode.InvalidResponse), (exception.Status, exception.ErrorCode));
    }

    [Fact]
    public async Task Update_SendsTheTotal_AndHasTheSessionOfTheAnswer()
    {
        _service.Then(200, ScriptedService.SessionJson(lease: 30));

        Response<RenderingSessionProperties> answer = await _client.UpdateSessionAsync(
            "s1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30.0)), Cancellation);

        Assert.Equal(TimeSpan.FromMinutes(30.0), answer.Value.MaxLeaseTime);
        RecordedRequest request = Assert.Single(_service.Requests);
        Assert.Equal(($"PATCH {Account}/s1{Version}", """{"maxLeaseTimeMinutes":30}"""), (request.Line, request.Body));
    }

    [Theory]
    [InlineData(ServiceVersion.V2021_01_01, "POST " + Account + "/s1/:stop" + Version)]
    [InlineData(ServiceVersion.V1, "DELETE /v1" + Account + "/s1")]
    public async Task Stop_SendsOneRequest_AndHasItsAnswer(ServiceVersion version, string line)
    {
        _service.Then(204);

        Response answer = await _service.Client(version).StopSessionAsync("s1", Cancellation);

        Assert.Equal((204, line, string.Empty), (answer.Status, Assert.Single(_service.Requests).Line, _service.Requests[0].Body));
    }

    [Fact]
    public async Task List_ReadsNothingBeforeItIsEnumerated_AndPagesCanBeContinued()
    {
        AsyncPageable<RenderingSessionProperties> list = _client.GetCurrentRenderingSessionsAsync(Cancellation);
        Assert.Empty(_service.Requests);
        _service.Then(200, $$"""{"sessions":[{{ScriptedService.SessionJson("a")}}],"@nextLink":"{{Account}}?p=2"}""");
        _service.Then(200, $$"""{"sessions":[{{ScriptedService.SessionJson("b")}}]}""");

        Page<RenderingSessionProperties> first = await list.AsPages().FirstAsync(Cancellation);
        Page<RenderingSessionProperties> second = Assert.Single(await list.AsPages(first.ContinuationToken).ToListAsync(Cancellation));

        Assert.Equal(("a", Account + "?p=2"), (Assert.Single(first.Values).Id, first.ContinuationToken));
        Assert.Equal(("b", null, 200), (Assert.Single(second.Values).Id, second.ContinuationToken, second.GetRawResponse().Status));
        Assert.Equal([$"GET {Account}{Version}", $"GET {Account}?p=2"], _service.Requests.Select(static request => request.Line));
    }

    [Fact]
    public async Task Unowned_AreThoseWithoutAHandleHere()
    {
        _service.Otherwise = static request => ScriptedService.Answer(200, request.RequestUri!.Segments[^1] == "sessions"
            ? $$"""{"sessions":[{{ScriptedService.SessionJson("a")}},{{ScriptedService.SessionJson("b")}}]}"""
            : ScriptedService.SessionJson("a"));
        RenderingSession session = await _client.OpenRenderingSessionAsync("a", Cancellation);

        Assert.Equal("b", (await _client.GetUnownedSessionsAsync(Cancellation).SingleAsync(Cancellation)).Id);
        await session.DisposeAsync();

        List<RenderingSessionProperties> unowned = await _client.GetUnownedSessionsAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(["a", "b"], unowned.Select(static one => one.Id));
    }

    [Fact]
    public async Task GetAccessToken_IsThatOfTheRequests_WithItsExpiryAndRefresh()
    {
        var time = new VirtualTimeProvider();
        var service = new ScriptedService { Time = time, TokenLifetime = TimeSpan.FromHours(1.0) };
        service.Then(200, ScriptedService.SessionJson());
        RemoteRenderingClient client = service.Client();

        AccessToken token = await client.GetAccessTokenAsync(Cancellation);
        await client.GetSessionPropertiesAsync("s1", Cancellation);

        Assert.Equal("Bearer " + token.Token, service.Requests[0].Authorization);
        Assert.Single(service.TokenRequests);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1.0) - TimeSpan.FromSeconds(30.0), token.ExpiresOn);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1.0) - TimeSpan.FromMinutes(5.0), token.RefreshOn);
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => new(new AccessToken("entra", DateTimeOffset.MaxValue));
    }
}
