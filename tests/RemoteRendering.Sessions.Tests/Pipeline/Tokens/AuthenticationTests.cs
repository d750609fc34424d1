using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Tests.Pipeline.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

public class AuthenticationTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;

    public AuthenticationTests()
    {
        _service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson()) };
    }

    [Fact]
    public async Task Exchange_IsOne_ForParallelCallers()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.Token = async number =>
        {
            await gate.Task;
            return ScriptedService.Answer(
                200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(_time.GetUtcNow(), TimeSpan.FromHours(24), number)}}"}""");
        };
        RemoteRenderingClient client = _service.Client();
        Task[] calls = [.. Enumerable.Range(0, 20).Select(_ => client.GetSessionPropertiesAsync("s1"))];
        gate.SetResult();
        await Task.WhenAll(calls);
        Assert.Single(_service.TokenRequests);
        Assert.Equal(20, _service.Requests.Count);
    }

    [Fact]
    public async Task Exchange_GivenUpByOneCaller_GoesOnForTheOthers()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.Token = async number =>
        {
            await gate.Task;
            return ScriptedService.Answer(
                200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(_time.GetUtcNow(), TimeSpan.FromHours(24), number)}}"}""");
        };
        RemoteRenderingClient client = _service.Client();
        using var source = new CancellationTokenSource();
        Task<Response<RenderingSessionProperties>> first = client.GetSessionPropertiesAsync("s1", source.Token);
        Task<Response<RenderingSessionProperties>> second = client.GetSessionPropertiesAsync("s1");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal("s1", (await second).Value.Id);
        Assert.Single(_service.TokenRequests);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task SignIn_ThatFails_IsAFailureOfTheRequest_AndIsTriedAgainByTheNext()
    {
        var credential = new FailingCredential();
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, credential, _service.Options());
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => client.GetSessionPropertiesAsync("s1"));
        Assert.Equal((0, RemoteRenderingErrorCode.AuthenticationFailed), (exception.Status, exception.ErrorCode));
        Assert.Contains("the sign-in is away", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Requests);

        credential.Fails = false;
        Assert.Equal("s1", (await client.GetSessionPropertiesAsync("s1")).Value.Id);
    }

    [Theory]
    [InlineData("""{"iat":0,"exp":253402300799}""")]
    [InlineData("""{"exp":253402300799,"x":"\ud800"}""")]
    [InlineData("""{"exp":"\ud800","\ud800aaaaaaaaaaaaaaaaaaaaaaaa":1}""")]
    public async Task Token_WithOddClaims_IsUsedAllTheSame(string claims)
    {
        string token = "e30." + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-')
            .Replace('/', '_') + ".c2ln";
        _service.Token = _ => Task.FromResult(ScriptedService.Answer(200, $$"""{"AccessToken":"{{token}}"}"""));
        await _service.Client().GetSessionPropertiesAsync("s1");
        Assert.Equal("Bearer " + token, Assert.Single(_service.Requests).Authorization);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Token_ThatIsNoText_IsAClearError()
    {
        _service.Token = static _ => Task.FromResult(ScriptedService.Answer(200, """{"AccessToken":"\ud800"}"""));
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => _service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
    }

    [Fact]
    public async Task Token_NearItsEnd_IsReplacedInTheBackground()
    {
        _service.TokenLifetime = TimeSpan.FromHours(1);
        RemoteRenderingClient client = _service.Client();
        await client.GetSessionPropertiesAsync("s1");
        ServiceToken old = await client.Tokens.GetTokenAsync(TestContext.Current.CancellationToken);
        await _time.PassAsync(TimeSpan.FromMinutes(56));
        await client.GetSessionPropertiesAsync("s1");
        Assert.Equal(_service.Requests[0].Authorization, _service.Requests[1].Authorization);

        // The call does not wait for the exchange in the background, which may be done by now or not: to ask for another than the old one
        // waits for it, and begins none of its own.
        ServiceToken replaced = await client.Tokens.ReplaceAsync(old, TestContext.Current.CancellationToken);
        Assert.NotEqual(old.Token, replaced.Token);
        Assert.Equal(2, _service.TokenRequests.Count);
    }

    [Fact]
    [Trait("Museum", "M02")]
    public async Task Token_ThatRanOutInASleep_IsReplacedBeforeTheCall()
    {
        RemoteRenderingClient client = _service.Client();
        await client.GetSessionPropertiesAsync("s1");
        _time.Suspend(TimeSpan.FromHours(48));
        await client.GetSessionPropertiesAsync("s1");
        Assert.Equal(2, _service.TokenRequests.Count);
        Assert.NotEqual(_service.Requests[0].Authorization, _service.Requests[1].Authorization);
    }

    [Fact]
    public async Task Token_RefusedByTheService_IsReplacedOnce()
    {
        _service.Then(401).Then(200, ScriptedService.SessionJson());
        await _service.Client().GetSessionPropertiesAsync("s1");
        Assert.Equal(2, _service.TokenRequests.Count);
        Assert.NotEqual(_service.Requests[0].Authorization, _service.Requests[1].Authorization);
    }

    [Fact]
    public async Task Token_RefusedTwice_IsAFailureOfTheCall()
    {
        _service.Then(401).Then(401);
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => _service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(401, exception.Status);
        Assert.Equal(RemoteRenderingErrorCode.AuthenticationFailed, exception.ErrorCode);
        Assert.Equal(2, _service.Requests.Count);
        Assert.Equal(2, _service.TokenRequests.Count);
    }

    [Fact]
    public async Task Token_RefusedToManyCallers_IsReplacedOnce()
    {
        RemoteRenderingClient client = _service.Client();
        await client.GetSessionPropertiesAsync("s1");
        string old = _service.Requests[0].Authorization!;
        _service.Otherwise = request => request.Headers.Authorization!.ToString() == old
            ? ScriptedService.Answer(401)
            : ScriptedService.Answer(200, ScriptedService.SessionJson());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetSessionPropertiesAsync("s1")));
        Assert.Equal(2, _service.TokenRequests.Count);
    }

    [Fact]
    public async Task Clock_ThatIsWrongByYears_DoesNoHarm()
    {
        _service.Time = new VirtualTimeProvider(new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero));
        RemoteRenderingClientOptions options = _service.Options();
        options.TimeProvider = _time;
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential("k"), options);
        await client.GetSessionPropertiesAsync("s1");
        await client.GetSessionPropertiesAsync("s1");
        Assert.Single(_service.TokenRequests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task TokenService_ThatRefuses_SaysWhatToCheck_AndIsAskedOnce(int status)
    {
        _service.Token = _ => Task.FromResult(ScriptedService.Answer(status));
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => _service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(status, exception.Status);
        Assert.Contains("account key", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedService.Key, exception.ToString(), StringComparison.Ordinal);
        Assert.Single(_service.TokenRequests);
        Assert.Empty(_service.Requests);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task TokenService_ThatIsAway_IsTriedAsTheUsersRetrySettingsSay_AndNotMore()
    {
        _service.Token = _ => Task.FromException<HttpResponseMessage>(new HttpRequestException("down", new IOException("down")));
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => _service.Client(maxRetries: 2).GetSessionPropertiesAsync("s1"));
        Assert.Equal(0, exception.Status);
        Assert.Equal(3, _service.TokenRequests.Count);
        Assert.Empty(_service.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"AccessToken":7}""")]
    [InlineData("""{"AccessToken":""}""")]
    [InlineData("""{"AccessToken":"a\r\nX-Evil: 1"}""")]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task TokenService_WithABrokenAnswer_IsAClearError(string body)
    {
        _service.Token = _ => Task.FromResult(ScriptedService.Answer(200, body));
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => _service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.Contains("GetToken", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AccessToken_ThatHasExpired_IsRefusedBeforeSending()
    {
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain,
            new AccessToken("opaque", _time.GetUtcNow().AddMinutes(1)), _service.Options());
        await client.GetSessionPropertiesAsync("s1");
        Assert.Equal("Bearer opaque", _service.Requests[0].Authorization);
        await _time.PassAsync(TimeSpan.FromMinutes(2));
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSessionPropertiesAsync("s1"));
        Assert.Equal(401, exception.Status);
        Assert.Equal(RemoteRenderingErrorCode.AccessTokenExpired, exception.ErrorCode);
        Assert.Single(_service.Requests);
        Assert.Empty(_service.TokenRequests);
    }

    [Fact]
    public async Task AccessToken_WithAnEarlierExpiryInside_IsBelieved()
    {
        string token = ScriptedService.MakeToken(_time.GetUtcNow(), TimeSpan.FromMinutes(10), 1);
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AccessToken(token, DateTimeOffset.MaxValue),
            _service.Options());
        await _time.PassAsync(TimeSpan.FromMinutes(11));
        await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSessionPropertiesAsync("s1"));
    }

    [Fact]
    public async Task TokenCredential_IsExchangedAtTheTokenService()
    {
        var credential = new FixedCredential();
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, credential, _service.Options());
        await client.GetSessionPropertiesAsync("s1");
        Assert.Equal("Bearer entra-token", _service.TokenRequests[0].Authorization);
        Assert.Equal(["https://sts.mixedreality.azure.com//.default"], credential.Scopes!);
    }

    [Fact]
    public async Task Options_OfTheUser_HoldForTheTokenExchangeToo()
    {
        var seen = new List<string>();
        RemoteRenderingClientOptions options = _service.Options();
        options.AddPolicy(new Watcher(seen), HttpPipelinePosition.PerCall);
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential("k"), options);
        await client.GetSessionPropertiesAsync("s1");
        Assert.Equal(["remoterendering.test.mixedreality.example", "sts.test.mixedreality.example"], seen.Order());
    }

    [Fact]
    public async Task AuthenticationEndpoint_TakesTheExchangeElsewhere()
    {
        RemoteRenderingClientOptions options = _service.Options();
        options.AuthenticationEndpoint = new Uri("https://tokens.example:444");
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential("k"), options);
        await client.GetSessionPropertiesAsync("s1");
        Assert.Equal("tokens.example:444", _service.TokenRequests[0].Uri.Authority);
    }

    private sealed class FixedCredential : TokenCredential
    {
        public string[]? Scopes { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new ValueTask<AccessToken>(new AccessToken("entra-token", DateTimeOffset.MaxValue));
        }
    }

    private sealed class Watcher(List<string> seen) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => seen.Add(message.Request.Uri.Host!);
    }
}
