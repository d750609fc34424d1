using System.Net;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

/// <summary>What the v1 service answers, whatever carries it.</summary>
public abstract class ServiceContractV1(bool loopback)
{
    /// <summary>Byte for byte from the documentation of v1.</summary>
    private const string DocumentedBody = "{ 'maxLeaseTime': '4:0:0', 'models': [], 'size': 'standard' }";

    [Fact]
    public async Task Create_DocumentedCommand_Answers202AndTheSessionIsInBothGenerations()
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage created = await CreateAsync(service, DocumentedBody);
        string id = await IdOf(created);
        Assert.Equal($"{{\"sessionId\":\"{id}\"}}", await created.Content.ReadAsStringAsync());
        Assert.True(Guid.TryParseExact(id, "D", out _));
        Assert.Equal($"/v1{service.Account}/sessions/{id}/properties", created.Headers.Location!.AbsolutePath);
        Assert.True(created.Headers.Contains("MS-CV"));
        Assert.False(created.Headers.Contains("api-supported-versions"));

        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        JsonElement current = await EmulatorSession.Json(await service.GetAsync(id));
        Assert.Equal(("Ready", 240), (current.GetProperty("status").GetString(), current.GetProperty("maxLeaseTimeMinutes").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, (await service.PatchAsync(id, 300)).StatusCode);
        JsonElement legacy = await EmulatorSession.Json(await service.SendAsync("GET", V1(service, id) + "/properties"));
        Assert.Equal(
            ("Ready", "05:00:00"),
            (legacy.GetProperty("sessionStatus").GetString(), legacy.GetProperty("sessionMaxLeaseTime").GetString()));
        Assert.Contains(id, await (await service.ListAsync()).Content.ReadAsStringAsync());
        Assert.Contains(id, await (await service.SendAsync("GET", $"/v1{service.Account}/sessions")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await service.StopAsync(id)).StatusCode);
        Assert.Equal(
            """{"sessions":[]}""", await (await service.SendAsync("GET", $"/v1{service.Account}/sessions")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Read_HasEveryMemberOfTheDescription()
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(await CreateAsync(service, DocumentedBody));
        Assert.Equal(
            $$"""{"message":null,"sessionElapsedTime":"00:00:00","sessionHostname":null,"sessionId":"{{id}}","sessionMaxLeaseTime":"04:"""
                + $$"""00:00","sessionSize":"Standard","sessionStatus":"Starting","teraflops":0,"handshakePort":0,"arrInspectorPort":0}""",
            await (await service.SendAsync("GET", V1(service, id) + "/properties")).Content.ReadAsStringAsync());
        await service.Time.PassAsync(TimeSpan.FromHours(4) + TimeSpan.FromSeconds(2));
        JsonElement expired = await EmulatorSession.Json(await service.SendAsync("GET", V1(service, id) + "/properties"));
        Assert.Equal(
            ("Expired", "04:00:00"),
            (expired.GetProperty("sessionStatus").GetString(), expired.GetProperty("sessionElapsedTime").GetString()));
        Assert.NotNull(expired.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("24:0:0", 1440)]
    [InlineData("1.00:00:00", 1440)]
    [InlineData("0:0:30", 1)]
    [InlineData("00:59:01", 60)]
    [InlineData("0:0:0", 0)]
    public async Task Create_TimeSpan_IsHoursMinutesSeconds(string lease, int minutes)
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(await CreateAsync(service, $$"""{"maxLeaseTime":"{{lease}}","size":"Premium"}"""));
        Assert.Equal(TimeSpan.FromMinutes((double)minutes), service.Emulator.FindSession(id)!.MaxLeaseTime);
    }

    [Theory]
    [InlineData("""{"maxLeaseTime":"24:0:1","size":"standard"}""")]
    [InlineData("""{"maxLeaseTime":"24.0:0:0","size":"standard"}""")]
    [InlineData("""{"maxLeaseTime":"4:60:0","size":"standard"}""")]
    [InlineData("""{"maxLeaseTime":"4","size":"standard"}""")]
    [InlineData("""{"maxLeaseTime":"-4:0:0","size":"standard"}""")]
    [InlineData("""{"maxLeaseTime":4,"size":"standard"}""")]
    [InlineData("""{"maxLeaseTime":"4:0:0","size":"tiny"}""")]
    [InlineData("""{"maxLeaseTime":"4:0:0","size":"standard","models":"x"}""")]
    [InlineData("""{"maxLeaseTime":"4:0:0","size":"standard","models":["no url"]}""")]
    [InlineData("{ 'maxLeaseTime': '4:0:0', 'size': 'standard' ")]
    [InlineData("{ 'maxLeaseTime': '4:0:0, 'size': 'standard' }")]
    public async Task Create_Wrong_Answers400(string body)
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response = await CreateAsync(service, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull(Assert.Single(service.Emulator.Requests).Reason);
    }

    [Fact]
    public async Task Create_Models_AreRemembered()
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(
            await CreateAsync(
                service,
                "{'maxLeaseTime':'4:0:0','models':['https://a.blob.core.windows.net/m?x=\"1\"'],'size':'standard'}".Replace(
                    "\"1\"", "1", StringComparison.Ordinal)));
        Assert.Equal(["https://a.blob.core.windows.net/m?x=1"], service.Emulator.FindSession(id)!.Models);
    }

    [Fact]
    public async Task Update_AnswersWithNothingAndOnlyGrows()
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(await CreateAsync(service, DocumentedBody));
        using HttpResponseMessage larger = await service.SendAsync("PATCH", V1(service, id), """{"maxLeaseTime":"5:0:0"}""");
        Assert.Equal(HttpStatusCode.OK, larger.StatusCode);
        Assert.Empty(await larger.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            HttpStatusCode.BadRequest, (await service.SendAsync("PATCH", V1(service, id), """{"maxLeaseTime":"5:0:0"}""")).StatusCode);
        Assert.Equal(TimeSpan.FromHours(5), service.Emulator.FindSession(id)!.MaxLeaseTime);
    }

    [Fact]
    public async Task Update_DocumentedCommand_IsTaken()
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(await CreateAsync(service, DocumentedBody));
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync("PATCH", V1(service, id), "{ 'maxLeaseTime': '5:0:0' }")).StatusCode);
        Assert.Equal(TimeSpan.FromHours(5), service.Emulator.FindSession(id)!.MaxLeaseTime);
    }

    [Fact]
    public async Task AddressesOfTheOfficialScript_EndWithASlash()
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(await service.SendAsync("POST", $"/v1{service.Account}/sessions/create/", DocumentedBody));
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync("GET", V1(service, id) + "/properties/")).StatusCode);
        Assert.Contains(
            id, await (await service.SendAsync("GET", $"/v1{service.Account}/sessions/")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_HasTheMessageAlone_AndRepeatsNoAddress()
    {
        await using EmulatorSession service = await StartAsync();
        using HttpResponseMessage response =
            await CreateAsync(service, """{"maxLeaseTime":"4:0:0","size":"standard","models":["https://a.blob/my models?sig=SECRET"]}""");
        string error = (await EmulatorSession.Json(response)).GetProperty("error").GetString()!;
        Assert.Equal("The models value at position 0 is not an absolute URL.", error);
        Assert.Equal(error, Assert.Single(service.Emulator.Requests).Reason);
    }

    [Fact]
    public async Task Delete_Stops_AndSoItDoesAgain()
    {
        await using EmulatorSession service = await StartAsync();
        string id = await IdOf(await CreateAsync(service, DocumentedBody));
        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync("DELETE", V1(service, id))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync("DELETE", V1(service, id))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync("DELETE", V1(service, Guid.NewGuid().ToString()))).StatusCode);
        Assert.Equal("Stopped", await service.StatusAsync(id));
    }

    [Fact]
    public async Task NamedSession_IsInV1Too()
    {
        await using EmulatorSession service = await StartAsync();
        await service.PutAsync("my-name");
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync("GET", V1(service, "my-name") + "/properties")).StatusCode);
    }

    private static string V1(EmulatorSession service, string id) => $"/v1{service.Account}/sessions/{id}";

    private static Task<HttpResponseMessage> CreateAsync(EmulatorSession service, string body)
        => service.SendAsync("POST", $"/v1{service.Account}/sessions/create", body);

    private static async Task<string> IdOf(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await EmulatorSession.Json(response)).GetProperty("sessionId").GetString()!;
    }

    private Task<EmulatorSession> StartAsync() => EmulatorSession.StartAsync(loopback);
}
