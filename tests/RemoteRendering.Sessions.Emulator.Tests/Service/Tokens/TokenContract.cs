using System.Net;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Tokens;

/// <summary>Who gets a token, and what one is good for, whatever carries the requests.</summary>
public abstract class TokenContract(bool loopback)
{
    private static readonly Guid _other = new("11111111-2222-3333-4444-555555555555");

    [Theory]
    [InlineData("accounts", "")]
    [InlineData("Accounts", "?api-version=2019-02-28-preview")]
    public async Task Exchange_AccountKey_GivesATokenForADay(string accounts, string query)
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response =
            await service.SendAsync("GET", $"/{accounts}/{service.Emulator.AccountId}/token{query}", bearer: Key(service));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        JsonElement body = await EmulatorSession.Json(response);
        Assert.Equal("AccessToken", Assert.Single(body.EnumerateObject()).Name);
        string token = body.GetProperty("AccessToken").GetString()!;
        JsonElement claims = JsonDocument.Parse(Base64Url.Decode(token.Split('.')[1])!).RootElement;
        Assert.Equal(service.Time.GetUtcNow().AddDays(1).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
        Assert.Equal(
            HttpStatusCode.OK,
            (await service.SendAsync("GET", service.Account + "/sessions?api-version=2021-01-01", bearer: token)).StatusCode);
    }

    [Theory]
    [InlineData("/accounts/ID/token")]
    [InlineData("/accounts/ID/token?api-version=1")]
    [InlineData("/accounts/11111111-1111-1111-1111-111111111111/token")]
    [InlineData("/accounts/ID/sessions?api-version=2021-01-01")]
    [InlineData("/accounts/ID/sessions/none?api-version=2021-01-01")]
    [InlineData("/v1/accounts/ID/sessions")]
    [InlineData("/nothing")]
    public async Task EveryAnswer_CarriesNosniff(string target)
    {
        await using EmulatorSession service = await StartAsync();
        foreach (string bearer in new[] { Key(service), service.Emulator.CreateAccessToken(), "nonsense" })
        {
            using HttpResponseMessage response = await service.SendAsync(
                "GET", target.Replace("ID", $"{service.Emulator.AccountId}", StringComparison.Ordinal), bearer: bearer);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task Exchange_BothKeysOfAnAccount_AreGood()
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(service, _other, $"{_other}:one"));
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(service, _other, $"{_other}:two"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, $"{_other}:three"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, $"{_other}:"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, Key(service)));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, Guid.NewGuid(), Key(service)));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, "nonsense"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Anonymous.GetAsync($"/accounts/{_other}/token")).StatusCode);
    }

    [Fact]
    public async Task Exchange_WrongKey_IsTheRecordedRefusal()
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response =
            await service.SendAsync("GET", service.Account + "/token", bearer: $"{service.Emulator.AccountId}:wrong-key");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.True(response.Headers.Contains("MS-CV"));
        Assert.Empty(response.Headers.WwwAuthenticate);
        EmulatorRequest logged = Assert.Single(service.Emulator.Requests);
        Assert.DoesNotContain("wrong-key", logged.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(service.Emulator.AccountKey, logged.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_UnknownVersion_Answers400()
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response =
            await service.SendAsync("GET", service.Account + "/token?api-version=2020-01-01", bearer: Key(service));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Exchange_SignIn_IsTakenUntilItExpires()
    {
        await using EmulatorSession service = await StartAsync();
        long now = service.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(service, _other, Jwt($$"""{"exp":{{now + 10}}}""")));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, Jwt($$"""{"exp":{{now}}}""")));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, Jwt("""{"exp":"soon"}""")));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, Jwt("{}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, Jwt("[]")));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, _other, "a.b.c"));
    }

    [Fact]
    public async Task Exchange_SignInNotAllowed_IsRefused()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback, options => options.AllowEntraTokens = false);
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(service, service.Emulator.AccountId, Jwt("""{"exp":99999999999}""")));
    }

    [Fact]
    public async Task Service_TokenOfAnotherAccount_Answers403()
    {
        await using EmulatorSession service = await StartAsync();
        string token = service.Emulator.CreateAccessToken(accountId: _other);
        using HttpResponseMessage response = await service.SendAsync("GET", service.Session("s"), bearer: token);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Service_BadTokens_Answer401WithAReason()
    {
        await using EmulatorSession service = await StartAsync();
        string good = service.Emulator.CreateAccessToken();
        string[] parts = good.Split('.');
        char last = parts[2][0] == 'A' ? 'B' : 'A';
        string[] bad =
        [
            "x",
            Key(service),
            "a.b.c",
            service.Emulator.CreateAccessToken(TimeSpan.Zero),
            service.Emulator.CreateAccessToken(TimeSpan.FromHours(-1)),
            parts[0] + "." + parts[1] + "." + last + parts[2][1..],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + Convert.ToBase64String("{}"u8).TrimEnd('=') + "." + parts[2],
            Jwt("""{"exp":99999999999}"""),
        ];
        foreach (string token in bad)
        {
            using HttpResponseMessage response = await service.SendAsync("GET", service.Session("s"), bearer: token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Anonymous.GetAsync(service.Session("s"))).StatusCode);
        Assert.All(service.Emulator.Requests, entry => Assert.NotNull(entry.Reason));
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync("GET", service.Session("s"), bearer: good)).StatusCode);
    }

    [Fact]
    public async Task Service_TokenExpiresByTheWallClock()
    {
        await using EmulatorSession service = await StartAsync();
        service.Time.Suspend(TimeSpan.FromHours(23.9));
        Assert.Equal(HttpStatusCode.OK, (await service.ListAsync()).StatusCode);
        service.Time.Suspend(TimeSpan.FromHours(0.2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.ListAsync()).StatusCode);
        service.Time.StepWallClock(TimeSpan.FromHours(-25));
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.ListAsync()).StatusCode);
    }

    [Fact]
    public async Task RevokeTokens_MakesAllOfThemWorthless()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.RevokeTokens();
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.ListAsync()).StatusCode);
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await service.SendAsync(
                    "GET", service.Account + "/sessions?api-version=2021-01-01", bearer: service.Emulator.CreateAccessToken())).StatusCode);
    }

    private static string Key(EmulatorSession service) => $"{service.Emulator.AccountId}:{service.Emulator.AccountKey}";

    private static string Jwt(string claims) => $"{Encode("""{"alg":"RS256"}""")}.{Encode(claims)}.c2lnbmF0dXJl";

    private static string Encode(string text)
        => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static async Task<HttpStatusCode> ExchangeAsync(EmulatorSession service, Guid account, string bearer)
    {
        using HttpResponseMessage response = await service.SendAsync("GET", $"/accounts/{account}/token", bearer: bearer);
        return response.StatusCode;
    }

    private Task<EmulatorSession> StartAsync()
        => EmulatorSession.StartAsync(loopback, options => options.Accounts.Add(new EmulatorAccount(_other, "one", "two")));
}
