using System.Net;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

/// <summary>What the 2021-01-01 service answers, whatever carries it.</summary>
public abstract partial class ServiceContract2021(bool loopback)
{
    [Fact]
    public async Task Put_NewId_Answers201WithTheRecordedBodyAndHeaders()
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response = await service.PutAsync("sessionId-414");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(
            """{"id":"sessionId-414","creationTime":"2021-01-29T16:04:29.1569219+00:00","elapsedTimeMinutes":0,"maxLeaseTimeMinutes":"""
                + """4,"size":"Standard","status":"Starting"}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "2021-01-01-preview, 2021-01-01, 2021-08-01-preview", string.Join(", ", response.Headers.GetValues("api-supported-versions")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Matches("^[A-Za-z0-9+/]{22}\\.0$", Assert.Single(response.Headers.GetValues("MS-CV")));
        Assert.Equal(response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync()).Length);
        Assert.False(response.Headers.Contains("Cache-Control"));
        Assert.False(response.Headers.Contains("Retry-After"));
        Assert.False(response.Headers.Contains("Location"));
    }

    [Fact]
    public async Task Put_OldShape_HasEveryKeyAs265RecordedBytes()
    {
        await using EmulatorSession service = await StartAsync(options => options.BodyShape = ServiceBodyShape.ZerosAndNulls);
        using HttpResponseMessage response = await service.PutAsync("a2b3c4d5-0000-4000-8000-000000000001");

        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal(
            """{"id":"a2b3c4d5-0000-4000-8000-000000000001","creationTime":"2021-01-29T16:04:29.1569219+00:00","arrInspectorPort":"""
                + """0,"handshakePort":0,"elapsedTimeMinutes":0,"hostname":null,"maxLeaseTimeMinutes":"""
                + """4,"size":"Standard","status":"Starting","teraflops":0.0,"error":null}""",
            body);
        Assert.Equal(265, body.Length);
        Assert.Equal("2021-01-01-preview, 2021-01-01", string.Join(", ", response.Headers.GetValues("api-supported-versions")));
    }

    [Theory]
    [InlineData(ServiceBodyShape.KeysLeftOut, "\"teraflops\":8.1}")]
    [InlineData(ServiceBodyShape.ZerosAndNulls, "\"teraflops\":10.6,\"error\":null}")]
    public async Task Get_ReadyAndStopped_FollowTheRecording(ServiceBodyShape shape, string end)
    {
        await using EmulatorSession service = await StartAsync(options => options.BodyShape = shape);
        await service.PutAsync("s");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        using HttpResponseMessage ready = await service.GetAsync("s");
        string readyBody = await ready.Content.ReadAsStringAsync();
        JsonElement session = JsonDocument.Parse(readyBody).RootElement;
        Assert.Equal("Ready", session.GetProperty("status").GetString());
        Assert.InRange(session.GetProperty("handshakePort").GetInt32(), 1024, 65535);
        Assert.Equal(loopback ? "127.0.0.1" : "localhost", session.GetProperty("hostname").GetString());
        Assert.InRange(session.GetProperty("arrInspectorPort").GetInt32(), 49152, 65534);
        Assert.NotEqual(session.GetProperty("handshakePort").GetInt32(), session.GetProperty("arrInspectorPort").GetInt32());
        if (loopback)
        {
            Assert.Equal(service.Emulator.HttpEndpoint!.Port, session.GetProperty("handshakePort").GetInt32());
        }

        Assert.EndsWith(end, readyBody);
        Assert.Equal(shape == ServiceBodyShape.KeysLeftOut, ready.Headers.CacheControl?.NoStore == true);

        using HttpResponseMessage stop = await service.StopAsync("s");
        Assert.Equal(HttpStatusCode.NoContent, stop.StatusCode);
        Assert.Empty(await stop.Content.ReadAsByteArrayAsync());
        Assert.Null(stop.Content.Headers.ContentType);
        Assert.True(stop.Headers.Contains("MS-CV"));
        string stopped = await (await service.GetAsync("s")).Content.ReadAsStringAsync();
        Assert.Contains("\"status\":\"Stopped\",\"teraflops\":", stopped);
        Assert.EndsWith(end, stopped);
        Assert.Equal(shape == ServiceBodyShape.ZerosAndNulls, stopped.Contains("\"hostname\":null,"));
    }

    [Fact]
    public async Task Put_SameAgain_Answers200AndOtherSettings409()
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await service.PutAsync("s", 4)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.PutAsync("s", 4, "standard")).StatusCode);
        using HttpResponseMessage conflict = await service.PutAsync("s", 5);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Equal("Conflict", await Code(conflict));
        await service.PatchAsync("s", 9);
        Assert.Equal(HttpStatusCode.OK, (await service.PutAsync("s", 4)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.PutAsync("s", 9)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await service.PutAsync("s", 4, "Premium")).StatusCode);
        await service.StopAsync("s");
        Assert.Equal(HttpStatusCode.Conflict, (await service.PutAsync("s", 4)).StatusCode);
    }

    [Fact]
    public async Task Put_ParallelSameId_CreatesOnce()
    {
        await using EmulatorSession service = await StartAsync();
        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => service.PutAsync("s"))));
        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Equal(23, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        Assert.Single(service.Emulator.Sessions);
    }

    [Theory]
    [InlineData("""{"maxLeaseTimeMinutes":-1,"size":"Standard"}""", "The maxLeaseTimeMinutes value cannot be negative.")]
    [InlineData("""{"maxLeaseTimeMinutes":1441,"size":"Standard"}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4,"size":"Tiny"}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4,"size":null}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4}""", null)]
    [InlineData("""{"size":"Standard"}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":"4","size":"Standard"}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4.5,"size":"Standard"}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":5000000000,"size":"Standard"}""", null)]
    [InlineData("""{'maxLeaseTimeMinutes':4,'size':'Standard'}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4,"size":"Standard"} x""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4,"size":"\ud800"}""", null)]
    [InlineData("""{"maxLeaseTimeMinutes":4,"size":"Standard","\ud800aaaaaaaaaaaaaaaaaaaaaaaa":1}""", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("", null)]
    public async Task Put_BadBody_Answers400AndSaysWhy(string body, string? message)
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response = await service.SendAsync("PUT", service.Session("s"), body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("BadRequest", await Code(response));
        EmulatorRequest logged = Assert.Single(service.Emulator.Requests);
        Assert.Equal(400, logged.Status);
        Assert.Equal((await EmulatorSession.Json(response)).GetProperty("error").GetProperty("message").GetString(), logged.Reason);
        Assert.Equal(message ?? logged.Reason, logged.Reason);
        Assert.Empty(service.Emulator.Sessions);
    }

    [Theory]
    [InlineData(
        ServiceBodyShape.ZerosAndNulls,
        """{"error":{"code":"BadRequest","message":"The maxLeaseTimeMinutes value cannot be """
            + """negative.","details":null,"target":null,"innerError":null}}""",
        140)]
    [InlineData(
        ServiceBodyShape.KeysLeftOut, """{"error":{"code":"BadRequest","message":"The maxLeaseTimeMinutes value cannot be negative."}}""",
        93)]
    public async Task Put_NegativeLease_IsTheRecordedError(ServiceBodyShape shape, string expected, int length)
    {
        await using EmulatorSession service = await StartAsync(options => options.BodyShape = shape);
        string body = await (await service.PutAsync("s", -4)).Content.ReadAsStringAsync();
        Assert.Equal(expected, body);
        Assert.Equal(length, body.Length);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Put_WrongContentType_Answers400(string contentType)
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response =
            await service.SendAsync("PUT", service.Session("s"), """{"maxLeaseTimeMinutes":4,"size":"Standard"}""", contentType);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Put_HugeBody_Answers400()
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response =
            await service.SendAsync("PUT", service.Session("s"), "{\"x\":\"" + new string('x', 70_000) + "\"}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1440)]
    public async Task Put_LeaseAtTheBounds_IsTaken(int minutes)
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await service.PutAsync("s", minutes)).StatusCode);
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("%C3%A9")]
    [InlineData("a.b")]
    [InlineData("a%2Fb")]
    public async Task Put_BadId_Answers400(string id)
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await service.PutAsync(id)).StatusCode);
    }

    [Theory]
    [InlineData(256, HttpStatusCode.Created)]
    [InlineData(257, HttpStatusCode.BadRequest)]
    public async Task Put_LongId_IsTakenUpTo256(int length, HttpStatusCode expected)
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(expected, (await service.PutAsync(new string('x', length))).StatusCode);
    }

    [Fact]
    public async Task Ids_AreCaseSensitive()
    {
        await using EmulatorSession service = await StartAsync();
        await service.PutAsync("abc");
        Assert.Equal(HttpStatusCode.NotFound, (await service.GetAsync("ABC")).StatusCode);
    }

    [Theory]
    [InlineData("", "ApiVersionUnspecified")]
    [InlineData("?api-version=", "ApiVersionUnspecified")]
    [InlineData("?api-version=2020-01-01", "UnsupportedApiVersion")]
    public async Task Get_WithoutAKnownVersion_Answers400(string query, string code)
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response = await service.SendAsync("GET", service.Account + "/sessions/s" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await Code(response));
    }

    [Theory]
    [InlineData("2021-01-01-preview", ServiceBodyShape.KeysLeftOut)]
    [InlineData("2021-08-01-preview", ServiceBodyShape.KeysLeftOut)]
    [InlineData("2021-08-01-preview", ServiceBodyShape.ZerosAndNulls)]
    public async Task Preview_SharesTheSessions(string version, ServiceBodyShape shape)
    {
        await using EmulatorSession service = await StartAsync(options => options.BodyShape = shape);
        await service.SendAsync("PUT", service.Session("s", version), """{"maxLeaseTimeMinutes":4,"size":"Standard"}""");
        Assert.Equal("Starting", await service.StatusAsync("s"));
    }

    [Fact]
    public async Task UnknownSession_Answers404WithoutABody()
    {
        await using EmulatorSession service = await StartAsync();
        foreach (
            HttpResponseMessage response in new[]
            {
                await service.GetAsync("none"), await service.PatchAsync("none", 9), await service.StopAsync("none")
            })
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(0, response.Content.Headers.ContentLength);
            Assert.True(response.Headers.Contains("MS-CV"));
        }
    }

    [Fact]
    public async Task Patch_GrowsOnly()
    {
        await using EmulatorSession service = await StartAsync();
        await service.PutAsync("s", 4);
        Assert.Equal(HttpStatusCode.OK, (await service.PatchAsync("s", 5)).StatusCode);
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        foreach (int lease in new[] { 5, 4, 0 })
        {
            using HttpResponseMessage refused = await service.PatchAsync("s", lease);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Equal("UnprocessableEntity", await Code(refused));
        }

        // The description of the update knows no 400, and an unknown session comes first.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.PatchAsync("s", 1441)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.PatchAsync("s", -1)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.PatchAsync("unknown", 1441)).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await service.SendAsync("PATCH", service.Session("s"), """{"maxLeaseTimeMinutes":"5"}""")).StatusCode);
        using HttpResponseMessage extended = await service.PatchAsync("s", 1440);
        Assert.Equal(1440, (await EmulatorSession.Json(extended)).GetProperty("maxLeaseTimeMinutes").GetInt32());
        await service.StopAsync("s");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.PatchAsync("s", 1440)).StatusCode);
    }

    [Fact]
    public async Task Patch_FullDay_CanBeRefusedAsSpecified()
    {
        await using EmulatorSession service = await StartAsync(options => options.AllowFullDayUpdate = false);
        await service.PutAsync("s", 4);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.PatchAsync("s", 1440)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.PatchAsync("s", 1439)).StatusCode);
    }

    [Fact]
    public async Task SlashAtTheEnd_AndByteOrderMark_AreTaken()
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(
            HttpStatusCode.Created,
            (
                await service.SendAsync(
                    "PUT", service.Account + "/sessions/s/?api-version=2021-01-01",
                    "\uFEFF" + """{"maxLeaseTimeMinutes":4,"size":"Standard"}""")).StatusCode);
        Assert.Equal(
            HttpStatusCode.OK, (await service.SendAsync("GET", service.Account + "/sessions/s/?api-version=2021-01-01")).StatusCode);
        Assert.Contains(
            "\"id\":\"s\"",
            await (await service.SendAsync("GET", service.Account + "/sessions/?api-version=2021-01-01")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound, (await service.SendAsync("GET", service.Account + "/sessions//?api-version=2021-01-01")).StatusCode);
    }

    [Fact]
    public async Task TokenOfAnUnknownAccount_IsForbidden()
    {
        await using EmulatorSession service = await StartAsync();
        var unknown = Guid.NewGuid();
        string token = service.Emulator.CreateAccessToken(accountId: unknown);
        string sessions = $"/accounts/{unknown:D}/sessions";
        Assert.Equal(
            HttpStatusCode.Forbidden, (await service.SendAsync("GET", sessions + "?api-version=2021-01-01", bearer: token)).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await service.SendAsync(
                    "PUT", sessions + "/s?api-version=2021-01-01", """{"maxLeaseTimeMinutes":4,"size":"Standard"}""",
                    bearer: token)).StatusCode);
    }

    [Fact]
    public async Task Lease_CountsFromReady()
    {
        await using EmulatorSession service = await StartAsync(options =>
        {
            options.BootTime = TimeSpan.FromMinutes(3);
            options.TokenLifetime = TimeSpan.FromDays(60);
        });
        await service.PutAsync("s", 4);
        await service.Time.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("Ready", await service.StatusAsync("s"));
        await service.Time.PassAsync(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        JsonElement session = await EmulatorSession.Json(await service.GetAsync("s"));
        Assert.Equal("Ready", session.GetProperty("status").GetString());
        Assert.Equal(3, session.GetProperty("elapsedTimeMinutes").GetInt32());
        await service.Time.PassAsync(TimeSpan.FromTicks(1));
        Assert.Equal("Expired", await service.StatusAsync("s"));
        await service.Time.PassAsync(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal("Expired", await service.StatusAsync("s"));
        await service.Time.PassAsync(TimeSpan.FromTicks(1));
        Assert.Null(await service.StatusAsync("s"));
        Assert.Equal(HttpStatusCode.Created, (await service.PutAsync("s")).StatusCode);
    }

    [Fact]
    public async Task WallClock_ChangesNoSession()
    {
        await using EmulatorSession service = await StartAsync();
        await service.PutAsync("s", 4);
        service.Time.Suspend(TimeSpan.FromHours(5));
        Assert.Equal("Starting", await service.StatusAsync("s"));
    }

    [Fact]
    public async Task UnknownAddress_Answers404AndWrongMethod405()
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync("GET", "/")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound, (await service.SendAsync("GET", service.Account + "/sessions//?api-version=2021-01-01")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound, (await service.SendAsync("GET", "/accounts/no-guid/sessions?api-version=2021-01-01")).StatusCode);
        using HttpResponseMessage wrong = await service.SendAsync("DELETE", service.Session("s"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Equal(["PUT", "GET", "PATCH"], wrong.Content.Headers.Allow);
        Assert.All(service.Emulator.Requests, entry => Assert.NotNull(entry.Reason));
    }

    private static async Task<string?> Code(HttpResponseMessage response)
        => (await EmulatorSession.Json(response)).GetProperty("error").GetProperty("code").GetString();

    private Task<EmulatorSession> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => EmulatorSession.StartAsync(loopback, configure);
}
