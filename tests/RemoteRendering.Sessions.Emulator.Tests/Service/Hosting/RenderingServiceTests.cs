using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Azure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Hosting;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Hosting;

/// <summary>
/// The service in an application of ASP.NET Core, without the emulator. <c>ServiceContractTests</c> has what every service does.
/// </summary>
public sealed class RenderingServiceTests
{
    private const string Key = "a-key-of-the-account";
    private const string OtherKey = "the-second-key";
    private const string List = "/accounts/11111111-0000-4000-8000-000000000001/sessions?api-version=2021-01-01";

    private static readonly Guid _account = new("11111111-0000-4000-8000-000000000001");
    private static readonly Guid _other = new("11111111-0000-4000-8000-000000000002");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Map_WithAHostThatReports_SessionBecomesReadyAtItsAddress()
    {
        (Guid accountId, string accountKey) = (_account, Key);

        // snippet: own-service
        var starter = new HostStarter();
        var ledger = new InMemorySessionLedger(new InMemorySessionLedgerOptions { Journal = starter });
        var service = new RenderingService(ledger, [new ServiceAccount(accountId, accountKey)]);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        app.MapRemoteRenderingService(service);
        await app.StartAsync();
        Task starts = starter.RunAsync(ledger, app.Lifetime.ApplicationStopping);
        // end snippet

        var endpoint = new Uri(app.Urls.Single());
        var options = new RemoteRenderingClientOptions { AuthenticationEndpoint = endpoint };
        var client = new RemoteRenderingClient(endpoint, accountId, "localhost", new AzureKeyCredential(accountKey), options);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard));
        await Wait.UntilAsync(() => ledger.Find(accountId, session.SessionUuid)!.State == SessionState.Ready);
        RenderingSessionProperties ready = await session.GetPropertiesAsync();

        Assert.Equal((RenderingSessionStatus.Ready, "render-01.example.com", 443), (ready.Status, ready.Hostname, ready.HandshakePort));
        await app.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.Within(starts));
    }

    [Theory]
    [InlineData("GET", "/accounts/11111111-0000-4000-8000-000000000001/sessions", 400)]
    [InlineData("GET", "/Accounts/11111111-0000-4000-8000-000000000001/Sessions/?api-version=2021-01-01", 200)]
    [InlineData("GET", "/V1/accounts/11111111-0000-4000-8000-000000000001/sessions", 200)]
    [InlineData("GET", "/accounts/11111111-0000-4000-8000-000000000002/sessions?api-version=2021-01-01", 403)]
    [InlineData("GET", "/accounts/11111111-0000-4000-8000-000000000001/sessions/a%2Fb?api-version=2021-01-01", 404)]
    [InlineData("GET", "/accounts/not-an-account/sessions", 404)]
    [InlineData("GET", "/accounts/", 404)]
    [InlineData("GET", "/v1/accounts/a/b/c/d/e", 404)]
    [InlineData("GET", "/elsewhere", 404)]
    [InlineData("DELETE", "/accounts/11111111-0000-4000-8000-000000000001/sessions?api-version=2021-01-01", 405)]
    public async Task Map_AnyAddress_IsAnsweredByTheService(string method, string target, int status)
    {
        RenderingService service = NewService(out _);
        await using WebApplication app = await StartAsync(service);
        using HttpClient http = await SignInAsync(app, _account, Key);

        using HttpResponseMessage response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), target), Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(target != "/elsewhere", response.Headers.Contains("MS-CV"));
    }

    [Theory]
    [InlineData(Key, 200)]
    [InlineData(OtherKey, 200)]
    [InlineData("another-key", 401)]
    public async Task Token_ForAKey_IsGivenWhenTheAccountHasIt(string key, int status)
    {
        await using WebApplication app = await StartAsync(NewService(out _));
        using HttpResponseMessage response = await ExchangeAsync(app, _account, key);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Token_ForASignIn_IsRefused()
    {
        await using WebApplication app = await StartAsync(NewService(out _));
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        string unsigned = Encode("""{"alg":"none"}""") + "." + Encode("""{"exp":4102444800}""") + ".";
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", unsigned);

        using HttpResponseMessage response = await http.GetAsync($"/accounts/{_account:D}/token", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Token_OfAnotherService_IsRefusedByRestAndByTryValidate()
    {
        RenderingService service = NewService(out _);
        RenderingService another = NewService(out _);
        await using WebApplication app = await StartAsync(service);
        await using WebApplication foreign = await StartAsync(another);
        using HttpClient http = await SignInAsync(foreign, _account, Key);
        http.BaseAddress = null;
        string token = http.DefaultRequestHeaders.Authorization!.Parameter!;

        using HttpResponseMessage response = await http.GetAsync(new Uri(new Uri(app.Urls.Single()), List), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(service.TryValidateAccessToken(token, out Guid none));
        Assert.Equal(Guid.Empty, none);
        Assert.False(service.TryValidateAccessToken(null, out _));
        Assert.True(another.TryValidateAccessToken(token, out Guid accountId));
        Assert.Equal(_account, accountId);
    }

    [Fact]
    public async Task TryValidateAccessToken_AfterTheLifetime_IsFalse()
    {
        var time = new VirtualTimeProvider();
        var options = new RenderingServiceOptions { TimeProvider = time, TokenLifetime = TimeSpan.FromMinutes(5) };
        RenderingService service = NewService(out _, options);
        await using WebApplication app = await StartAsync(service);
        using HttpClient http = await SignInAsync(app, _account, Key);
        string token = http.DefaultRequestHeaders.Authorization!.Parameter!;

        Assert.True(service.TryValidateAccessToken(token, out _));
        time.AdvanceAlone(TimeSpan.FromMinutes(5));
        Assert.False(service.TryValidateAccessToken(token, out _));
    }

    [Fact]
    public async Task List_LongerThanAPage_LinksToTheAddressThatWasAsked()
    {
        RenderingService service = NewService(out InMemorySessionLedger ledger, new RenderingServiceOptions { PageSize = 1 });
        await ledger.CreateAsync(new SessionCreation(_account, "a", SessionSize.Standard, 20), Token);
        await ledger.CreateAsync(new SessionCreation(_account, "b", SessionSize.Standard, 20), Token);
        await using WebApplication app = await StartAsync(service);
        using HttpClient http = await SignInAsync(app, _account, Key);

        var request = new HttpRequestMessage(HttpMethod.Get, List) { Headers = { Host = "sessions.example.com" } };
        using HttpResponseMessage response = await http.SendAsync(request, Token);
        JsonElement page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;

        Assert.Equal("a", Assert.Single(page.GetProperty("sessions").EnumerateArray()).GetProperty("id").GetString());
        string next = page.GetProperty("@nextLink").GetString()!;
        Assert.StartsWith($"http://sessions.example.com/accounts/{_account:D}/sessions?", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_MoreThanAllowedInAMinute_Answer429()
    {
        var options = new RenderingServiceOptions { TimeProvider = new VirtualTimeProvider(), RequestsPerMinute = 1 };
        await using WebApplication app = await StartAsync(NewService(out _, options));
        using HttpClient http = await SignInAsync(app, _account, Key);

        using HttpResponseMessage first = await http.GetAsync(List, Token);
        using HttpResponseMessage second = await http.GetAsync(List, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        Assert.NotNull(second.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Body_TooSlow_Answers408AndClosesTheConnection()
    {
        var time = new VirtualTimeProvider();
        RenderingService service = NewService(out InMemorySessionLedger ledger);
        service.SocketTime = time;
        await using WebApplication app = await StartAsync(service);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.Single()).Port, Token);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /accounts/{_account:D}/sessions/slow?api-version=2021-01-01 HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + $"40\r\n\r\n{{"), Token);
        await Wait.Within(time.WaitForTimersAsync(1, Token));
        await time.PassAsync(ServiceHttp.BodyTimeout);

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 408 ", await Wait.Within(reader.ReadToEndAsync(Token)), StringComparison.Ordinal);
        Assert.Empty(ledger.All());
    }

    [Fact]
    public void Constructor_AccountsThatCannotBe_AreRefused()
    {
        var ledger = new InMemorySessionLedger(new InMemorySessionLedgerOptions());
        ServiceAccount[] accounts = [new(_account, Key), new(_account, OtherKey)];
        ArgumentException twice = Assert.Throws<ArgumentException>("accounts", () => new RenderingService(ledger, accounts));
        Assert.Contains(_account.ToString("D"), twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("accounts", () => new RenderingService(ledger, [null!]));
        Assert.Throws<ArgumentNullException>("ledger", () => new RenderingService(null!, []));
        Assert.Throws<ArgumentNullException>("accounts", () => new RenderingService(ledger, null!));
        Assert.Throws<ArgumentException>("primaryKey", () => new ServiceAccount(_account, " "));
        Assert.Throws<ArgumentException>("secondaryKey", () => new ServiceAccount(_account, Key, string.Empty));
        Assert.Equal(_account.ToString("D"), new ServiceAccount(_account, Key).ToString());
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var options = new RenderingServiceOptions();
        Assert.Throws<ArgumentNullException>(() => options.TimeProvider = null!);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.TokenLifetime = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.PageSize = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.RequestsPerMinute = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.BodyShape = (ServiceBodyShape)2);
        Assert.Equal(
            (TimeProvider.System, TimeSpan.FromHours(24), 100, (int?)null, true, ServiceBodyShape.KeysLeftOut),
            (options.TimeProvider, options.TokenLifetime, options.PageSize, options.RequestsPerMinute,
                options.AllowFullDayUpdate, options.BodyShape));
    }

    private static RenderingService NewService(out InMemorySessionLedger ledger, RenderingServiceOptions? options = null)
    {
        ledger = new InMemorySessionLedger(new InMemorySessionLedgerOptions());
        return new RenderingService(ledger, [new ServiceAccount(_account, Key, OtherKey), new ServiceAccount(_other, OtherKey)], options);
    }

    private static async Task<WebApplication> StartAsync(RenderingService service)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapRemoteRenderingService(service);
        await app.StartAsync(Token);
        return app;
    }

    private static async Task<HttpClient> SignInAsync(WebApplication app, Guid account, string key)
    {
        using HttpResponseMessage response = await ExchangeAsync(app, account, key);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        string token = answer.GetProperty("AccessToken").GetString()!;
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static async Task<HttpResponseMessage> ExchangeAsync(WebApplication app, Guid account, string key)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {account:D}:{key}");
        return await http.GetAsync($"/Accounts/{account:D}/token", Token);
    }

    private static string Encode(string json)
        => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
