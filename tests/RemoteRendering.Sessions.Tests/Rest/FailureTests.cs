using Azure;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Rest;

public class FailureTests
{
    [Theory]
    [InlineData(400, RemoteRenderingErrorCode.BadRequest)]
    [InlineData(403, RemoteRenderingErrorCode.Forbidden)]
    [InlineData(404, RemoteRenderingErrorCode.SessionNotFound)]
    [InlineData(409, RemoteRenderingErrorCode.Conflict)]
    [InlineData(422, RemoteRenderingErrorCode.UnprocessableEntity)]
    [InlineData(302, RemoteRenderingErrorCode.InternalServerError)]
    public async Task Refusal_WithoutABody_HasStatusAndCode(int status, string code)
    {
        ScriptedService service = new ScriptedService().Then(status, headers: ("MS-CV", "abcdefghijklmnopqrstuv.0"));
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(status, exception.Status);
        Assert.Equal(code, exception.ErrorCode);
        Assert.Equal("abcdefghijklmnopqrstuv.0", exception.Data["MS-CV"]);
        Assert.Contains("GetProperties", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Refusal_WithABody_PassesOnEverythingTheServiceSaid()
    {
        const string Body =
            """{"error":{"code":"BadRequest","message":"Not """
            + """so.","target":"size","details":[{"code":"D1","message":"first"}],"innerError":{"code":"I1","message":"inside"}}}""";
        ScriptedService service = new ScriptedService().Then(400, Body);
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal("BadRequest", exception.ErrorCode);
        Assert.All(
            ["Not so.", "size", "D1", "first", "I1", "inside"], word => Assert.Contains(word, exception.Message, StringComparison.Ordinal));
        Assert.NotNull(exception.GetRawResponse());
    }

    [Theory]
    [InlineData("""{"error":"plain words"}""", "plain words")]
    [InlineData("""{"title":"One or more validation errors","status":400,"errors":{}}""", "One or more validation errors")]
    public async Task Refusal_InTheLegacyShapes_IsUnderstood(string body, string words)
    {
        ScriptedService service = new ScriptedService().Then(400, body);
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client(ServiceVersion.V1).GetSessionPropertiesAsync("s1"));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("{\"id\":\"s1\",\"size\":\"Standard\",\"status\":\"Rea")]
    [InlineData("{\"id\":\"s1\",\"size\":\"Standard\",\"status\":null}")]
    [InlineData("{\"id\":\"s1\",\"size\":\"Standard\",\"status\":7}")]
    [InlineData("{\"id\":7,\"size\":\"Standard\",\"status\":\"Ready\"}")]
    [InlineData("{\"id\":\"s1\",\"size\":\"Standard\",\"status\":\"Ready\"} trailing")]
    [InlineData("{\"id\":\"another\",\"size\":\"Standard\",\"status\":\"Ready\"}")]
    public async Task Success_WithABrokenBody_IsAClearErrorThatNamesTheOperation(string body)
    {
        ScriptedService service = new ScriptedService().Then(200, body, "text/html");
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.StartsWith("GetProperties: the service answered 200", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"sessions":{}}""")]
    [InlineData("""{"sessions":[7]}""")]
    [InlineData("""{"sessions":[],"@nextLink":7}""")]
    public async Task List_WithABrokenBody_IsAClearError(string body)
    {
        ScriptedService service = new ScriptedService().Then(200, body);
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(service.Client()));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.StartsWith("List", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/accounts/x/sessions?page=2")]
    [InlineData("http://remoterendering.test.mixedreality.example/next")]
    [InlineData("https://remoterendering.test.mixedreality.example:444/next")]
    [InlineData("https://remoterendering.test.mixedreality.example@evil.example/next")]
    [InlineData("//evil.example/next")]
    [InlineData("file:///etc/passwd")]
    public async Task NextLink_ThatLeadsElsewhere_IsNotFollowed(string link)
    {
        ScriptedService service = new ScriptedService().Then(200, $$"""{"sessions":[],"@nextLink":"{{link}}"}""");
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(service.Client()));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("/accounts/99999999-2222-3333-4444-555555555555/sessions?api-version=2021-01-01&skiptoken=2")]
    [InlineData("https://remoterendering.test.mixedreality.example/accounts/99999999-2222-3333-4444-555555555555/sessions?x")]
    [InlineData("/v1/accounts/99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/ACCOUNTS/99999999222233334444555555555555/sessions")]
    [InlineData("/p/../accounts/99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/%61ccounts/99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts%2F99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts%252F99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts//99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts/11111111-2222-3333-4444-555555555555/../99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts/11111111-2222-3333-4444-555555555555/accounts/99999999-2222-3333-4444-555555555555")]
    [InlineData("/accounts/other/sessions")]
    [InlineData("/accounts/")]
    public async Task LinkOfAnotherAccount_IsNotFollowed_FromAPageOrFromTheCaller(string link)
    {
        ScriptedService service = new ScriptedService().Then(200, $$"""{"sessions":[],"@nextLink":"{{link}}"}""");
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(service.Client()));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.Single(service.Requests);

        var untouched = new ScriptedService();
        await Assert.ThrowsAsync<RequestFailedException>(
            async () => await untouched.Client().GetCurrentRenderingSessionsAsync().AsPages(link).GetAsyncEnumerator().MoveNextAsync());
        Assert.Empty(untouched.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task ContinuationToken_OfNone_IsTheFirstPage(string? token)
    {
        ScriptedService service = new ScriptedService().Then(200, """{"sessions":[]}""");
        await service.Client().GetCurrentRenderingSessionsAsync().AsPages(token).GetAsyncEnumerator().MoveNextAsync();
        Assert.Equal($"GET /accounts/{ScriptedService.AccountId:D}/sessions?api-version=2021-01-01", service.Requests[0].Line);
    }

    [Theory]
    [InlineData("/accounts/11111111-2222-3333-4444-555555555555/sessions?skiptoken=2")]
    [InlineData("/Accounts/11111111222233334444555555555555/sessions?skiptoken=2")]
    public async Task LinkOfTheOwnAccount_IsFollowed(string link)
    {
        ScriptedService service = new ScriptedService().Then(200, $$"""{"sessions":[],"@nextLink":"{{link}}"}""")
            .Then(200, """{"sessions":[]}""");
        Assert.Empty(await ListAsync(service.Client()));
        Assert.Equal("GET " + link, service.Requests[1].Line);
    }

    [Fact]
    public async Task NextLink_ToTheService_IsFollowedWithTheToken()
    {
        ScriptedService service = new ScriptedService()
            .Then(
                200,
                $$"""{"sessions":[{{ScriptedService.SessionJson("a")}}],"@nextLink":"https://remoterendering.test.mixedreality.example/p?"""
                    + $$"""skiptoken=2"}""")
            .Then(200, $$"""{"sessions":[{{ScriptedService.SessionJson("b")}}],"@nextLink":null}""");
        Assert.Equal(["a", "b"], await ListAsync(service.Client()));
        Assert.Equal("GET /p?skiptoken=2", service.Requests[1].Line);
        Assert.NotNull(service.Requests[1].Authorization);
    }

    [Fact]
    public async Task NextLink_ThatGoesRound_Ends()
    {
        var service = new ScriptedService
        {
            Otherwise = request => ScriptedService.Answer(
                200,
                $$"""{"sessions":[],"@nextLink":"https://remoterendering.test.mixedreality.example/p?n="""
                    + $$"""{{(request.RequestUri!.Query == "?n=1" ? 2 : 1)}}"}"""),
        };
        await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(service.Client()));
        Assert.InRange(service.Requests.Count, 2, 4);
    }

    [Fact]
    public async Task Body_OfUnknownEndlessLength_IsCutOff()
    {
        ScriptedService service = new ScriptedService().Then((_, _) =>
        {
            HttpResponseMessage response = ScriptedService.Answer(200);
            response.Content = new StreamContent(new EndlessStream());
            return Task.FromResult(response);
        });
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client(maxRetries: 0).GetSessionPropertiesAsync("s1"));
        Assert.Equal(0, exception.Status);
        Assert.Contains("longer than", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_HeldInMemoryByTheHandler_IsRead()
    {
        ScriptedService service = new ScriptedService().Then((_, _) =>
        {
            HttpResponseMessage response = ScriptedService.Answer(200);
            response.Content = new ReadOnlyMemoryContent(System.Text.Encoding.UTF8.GetBytes(ScriptedService.SessionJson()));
            return Task.FromResult(response);
        });
        Assert.Equal("s1", (await service.Client().GetSessionPropertiesAsync("s1")).Value.Id);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        ScriptedService service = new ScriptedService().Then(307, headers: ("Location", "https://evil.example/"));
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(307, exception.Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task NoAnswer_AfterAllTries_IsOneClearError()
    {
        ScriptedService service = new ScriptedService().ThenCut().ThenCut().ThenCut().ThenCut();
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(0, exception.Status);
        Assert.Equal(RemoteRenderingErrorCode.NoAnswer, exception.ErrorCode);
        Assert.Equal(4, service.Requests.Count);
    }

    [Fact]
    public async Task Secrets_RepeatedByTheService_DoNotReachTheException()
    {
        var service = new ScriptedService
        {
            Otherwise = request => ScriptedService.Answer(
                400, $$$"""{"error":{"code":"BadRequest","message":"token {{{request.Headers.Authorization!.Parameter}}} is odd"}}"""),
        };
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        string token = service.Requests[0].Authorization!.Split(' ')[1];
        Assert.DoesNotContain(token, exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("REDACTED", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task AccountKey_RepeatedByTheTokenService_DoesNotReachTheException(bool isEscaped)
    {
        string key = isEscaped ? ScriptedService.Key.Replace("=", "\\u003d", StringComparison.Ordinal) : ScriptedService.Key;
        var service = new ScriptedService
        {
            Token = _ => Task.FromResult(
                ScriptedService.Answer(401, $$$"""{"error":{"code":"BadKey","message":"the key {{{key}}} is odd"}}""")),
        };
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"));
        Assert.Equal(401, exception.Status);
        Assert.DoesNotContain(ScriptedService.Key.TrimEnd('='), exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"code":"X","message":"\ud800"}}""")]
    [InlineData("""{"error":{"code":"X","\ud800aaaaaaaaaaaaaaaaaaaaaaaa":"m"}}""")]
    public async Task Refusal_WithTextThatIsNone_IsReadBackLikeAnyOther(string body)
    {
        ScriptedService service = new ScriptedService().Then(500, body).Then(200, ScriptedService.SessionJson("s1"));
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard) { SessionId = "s1" };
        RenderingSession session = await service.Client(maxRetries: 0).CreateNewRenderingSessionAsync(options);
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
    }

    [Fact]
    public async Task Body_WithAByteOrderMark_IsReadLikeOneWithout()
    {
        string mark = "\uFEFF";
        ScriptedService service = new ScriptedService()
            .Then(200, mark + ScriptedService.SessionJson("s1")[..^1] + ",\"x\":{\"y\":1}}")
            .Then(400, mark + """{"error":{"code":"Odd","message":"so"}}""");
        RenderingSessionProperties properties = (await service.Client().GetSessionPropertiesAsync("s1")).Value;
        Assert.Equal("""{"y":1}""", properties.AdditionalProperties["x"].ToString());
        Assert.Equal(
            "Odd", (await Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1"))).ErrorCode);
    }

    [Theory]
    [InlineData("Retry-After", "86400")]
    [InlineData("Retry-After", "2147483647")]
    [InlineData("retry-after-ms", "86400000")]
    public async Task RetryAfter_TooLongForACall_IsTheCallersToWait(string header, string value)
    {
        ScriptedService service = new ScriptedService().Then(429, headers: (header, value));
        RequestFailedException exception = await ConnectionHarness.Within(
            Assert.ThrowsAsync<RequestFailedException>(() => service.Client().GetSessionPropertiesAsync("s1")));
        Assert.Equal(429, exception.Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task NextLink_ThatIsAlwaysAnother_Ends()
    {
        int pages = 0;
        var service = new ScriptedService
        {
            Otherwise = _ => ScriptedService.Answer(
                200, $$"""{"sessions":[],"@nextLink":"https://remoterendering.test.mixedreality.example/p?n={{++pages}}"}"""),
        };
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(service.Client()));
        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.Equal(10_001, pages);
    }

    [Fact]
    public async Task Cancellation_ReachesTheRequest_AndIsTheCallersOwn()
    {
        using var source = new CancellationTokenSource();
        ScriptedService service = new ScriptedService().Then(async (_, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedService.Answer(200);
        });
        OperationCanceledException exception =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Client().GetSessionPropertiesAsync("s1", source.Token));
        Assert.True(source.IsCancellationRequested);
        Assert.Single(service.Requests);
        Assert.NotNull(exception);
    }

    private static async Task<List<string>> ListAsync(RemoteRenderingClient client)
    {
        List<string> ids = [];
        await foreach (RenderingSessionProperties session in client.GetCurrentRenderingSessionsAsync())
        {
            ids.Add(session.Id);
        }

        return ids;
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)' ', offset, count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
