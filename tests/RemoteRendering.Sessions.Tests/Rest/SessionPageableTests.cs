using Azure;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>The enumeration of pages. Links that are not followed and loops of links are tested in FailureTests.</summary>
public sealed class SessionPageableTests
{
    private const string Path = "/accounts/11111111-2222-3333-4444-555555555555/sessions";

    private readonly ScriptedService _service = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enumeration_ReadsAPageWhenItGetsThere()
    {
        AddPages();
        await using IAsyncEnumerator<RenderingSessionProperties> sessions = List(Cancellation).GetAsyncEnumerator(Cancellation);

        foreach ((string? id, int requests) in new (string?, int)[] { ("a", 1), ("b", 1), ("c", 3), (null, 3) })
        {
            Assert.Equal(id is not null, await sessions.MoveNextAsync());
            Assert.Equal((id, requests), (id is null ? null : sessions.Current.Id, _service.Requests.Count));
        }
    }

    [Fact]
    public async Task AsPages_HasAllPages_AlsoEmptyOnes_WithTheirAnswers()
    {
        AddPages();

        List<Page<RenderingSessionProperties>> pages = await List(Cancellation).AsPages(pageSizeHint: 7).ToListAsync(Cancellation);

        Assert.Equal([2, 0, 1], pages.Select(static page => page.Values.Count));
        Assert.Equal([Path + "?p=2", Path + "?p=3", null], pages.Select(static page => page.ContinuationToken));
        Assert.All(pages, static page => Assert.Equal(200, page.GetRawResponse().Status));
    }

    [Fact]
    public async Task Enumeration_Twice_ReadsTwice()
    {
        AddPages();
        AddPages();
        AsyncPageable<RenderingSessionProperties> list = List(Cancellation);

        Assert.Equal(3, await list.CountAsync(Cancellation));
        Assert.Equal(3, await list.CountAsync(Cancellation));
        Assert.Equal(6, _service.Requests.Count);
    }

    [Fact]
    public async Task Filter_OnPages_LeavesTheirLinks()
    {
        AddPages();
        RemoteRenderingClient client = _service.Client();
        _service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson("b"));

        List<Page<RenderingSessionProperties>> pages = await UnownedAsync(client);
        await using RenderingSession owned = await client.OpenRenderingSessionAsync("b", Cancellation);
        AddPages();
        List<Page<RenderingSessionProperties>> others = await UnownedAsync(client);

        Assert.Equal(["a", "b", "c"], pages.SelectMany(static page => page.Values).Select(static session => session.Id));
        Assert.Equal(["a", "c"], others.SelectMany(static page => page.Values).Select(static session => session.Id));
        Assert.Equal([Path + "?p=2", Path + "?p=3", null], others.Select(static page => page.ContinuationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_OfTheCallOrOfTheEnumeration_EndsIt(bool isOfTheCall)
    {
        AddPages();
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        await using IAsyncEnumerator<RenderingSessionProperties> sessions = List(isOfTheCall ? source.Token : other.Token)
            .GetAsyncEnumerator(isOfTheCall ? other.Token : source.Token);
        Assert.True(await sessions.MoveNextAsync());
        Assert.True(await sessions.MoveNextAsync());

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sessions.MoveNextAsync().AsTask());
        Assert.InRange(_service.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task Page_ThatIsRefused_EndsTheEnumeration_AfterTheOnesBefore()
    {
        _service.Then(200, $$"""{"sessions":[{{ScriptedService.SessionJson("a")}}],"@nextLink":"{{Path}}?p=2"}""").Then(403);
        await using IAsyncEnumerator<RenderingSessionProperties> sessions = List(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await sessions.MoveNextAsync());
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => sessions.MoveNextAsync().AsTask());

        Assert.Equal((403, RemoteRenderingErrorCode.Forbidden), (exception.Status, exception.ErrorCode));
        Assert.StartsWith("List: ", exception.Message, StringComparison.Ordinal);
    }

    private AsyncPageable<RenderingSessionProperties> List(CancellationToken cancellationToken)
        => _service.Client().GetCurrentRenderingSessionsAsync(cancellationToken);

    private static async Task<List<Page<RenderingSessionProperties>>> UnownedAsync(RemoteRenderingClient client)
        => await client.GetUnownedSessionsAsync(Cancellation).AsPages().ToListAsync(Cancellation);

    private void AddPages()
    {
        string a = ScriptedService.SessionJson("a");
        string b = ScriptedService.SessionJson("b");
        _service
            .Then(200, $$"""{"sessions":[{{a}},{{b}}],"@nextLink":"{{Path}}?p=2"}""")
            .Then(static (_, token) => token.IsCancellationRequested
                ? Task.FromCanceled<HttpResponseMessage>(token)
                : Task.FromResult(ScriptedService.Answer(200, $$"""{"sessions":[],"@nextLink":"{{Path}}?p=3"}""")))
            .Then(200, $$"""{"sessions":[{{ScriptedService.SessionJson("c")}}]}""");
    }
}
