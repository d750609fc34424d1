using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Rest;
using RemoteRendering.Sessions.TestSupport;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Rest;

public class WireTests
{
    private const string Account = "/accounts/11111111-2222-3333-4444-555555555555/sessions";

    [Theory]
    [InlineData(ServiceVersion.V2021_01_01, "2021-01-01")]
    [InlineData(ServiceVersion.V2021_01_01_Preview, "2021-01-01-preview")]
    public async Task Operations_Of2021_AreWrittenAsTheProtocolSays(ServiceVersion version, string apiVersion)
    {
        ScriptedService service = new ScriptedService()
            .Then(201, ScriptedService.SessionJson("a_b-1", "Starting"))
            .Then(200, ScriptedService.SessionJson("a_b-1"))
            .Then(200, ScriptedService.SessionJson("a_b-1", lease: 30))
            .Then(204)
            .Then(200, """{"sessions":[]}""");
        RemoteRenderingClient client = service.Client(version);

        await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard) { SessionId = "a_b-1" });
        await client.GetSessionPropertiesAsync("a_b-1");
        await client.UpdateSessionAsync("a_b-1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30)));
        await client.StopSessionAsync("a_b-1");
        await foreach (RenderingSessionProperties _ in client.GetCurrentRenderingSessionsAsync())
        {
        }

        Assert.Equal(
            [
                $"PUT {Account}/a_b-1?api-version={apiVersion}",
                $"GET {Account}/a_b-1?api-version={apiVersion}",
                $"PATCH {Account}/a_b-1?api-version={apiVersion}",
                $"POST {Account}/a_b-1/:stop?api-version={apiVersion}",
                $"GET {Account}?api-version={apiVersion}",
            ],
            service.Requests.Select(static request => request.Line));
        Assert.Equal("""{"maxLeaseTimeMinutes":20,"size":"Standard"}""", service.Requests[0].Body);
        Assert.Equal("""{"maxLeaseTimeMinutes":30}""", service.Requests[2].Body);
        Assert.Equal("application/json", service.Requests[0].ContentType);
        Assert.Empty(service.Requests[3].Body);
        Assert.All(service.Requests, static request => Assert.StartsWith("Bearer e30.", request.Authorization, StringComparison.Ordinal));
        RecordedRequest token = Assert.Single(service.TokenRequests);
        Assert.Equal("GET /Accounts/11111111-2222-3333-4444-555555555555/token?api-version=2019-02-28-preview", token.Line);
        Assert.Equal("sts.test.mixedreality.example", token.Uri.Host);
        Assert.Equal("Bearer 11111111-2222-3333-4444-555555555555:" + ScriptedService.Key, token.Authorization);
        Assert.Equal(22, token.Headers["X-MRC-CV"].Length);
    }

    [Fact]
    public async Task Operations_OfV1_AreWrittenAsTheProtocolSays()
    {
        const string Id = "0a1b2c3d-0000-1111-2222-333344445555";
        const string Properties =
            $$"""{"message":null,"sessionElapsedTime":"00:03:"""
            + $$"""10","sessionHostname":"h.example","sessionId":"{{Id}}","sessionMaxLeaseTime":"1.00:00:"""
            + $$"""00","sessionSize":"standard","sessionStatus":"ready","teraflops":8.1,"handshakePort":50051}""";
        ScriptedService service = new ScriptedService()
            .Then(202, $$"""{"sessionId":"{{Id}}"}""")
            .Then(200, Properties)
            .Then(200)
            .Then(200, Properties)
            .Then(204)
            .Then(200, $$"""{"sessions":[{{Properties}}]}""");
        RemoteRenderingClient client = service.Client(ServiceVersion.V1);

        var creation = new RenderingSessionCreationOptions(TimeSpan.FromHours(4), RenderingSessionVmSize.Standard);
        creation.Models.Add(new Uri("https://account.blob.example/models"));
        RenderingSession session = await client.CreateNewRenderingSessionAsync(creation);
        RenderingSessionProperties read = await session.GetPropertiesAsync();
        await client.UpdateSessionAsync(Id, new RenderingSessionUpdateOptions(TimeSpan.FromHours(24)));
        await client.StopSessionAsync(Id);
        List<RenderingSessionProperties> listed = [];
        await foreach (RenderingSessionProperties properties in client.GetCurrentRenderingSessionsAsync())
        {
            listed.Add(properties);
        }

        Assert.Equal(
            [
                $"POST /v1{Account}/create",
                $"GET /v1{Account}/{Id}/properties",
                $"PATCH /v1{Account}/{Id}",
                $"GET /v1{Account}/{Id}/properties",
                $"DELETE /v1{Account}/{Id}",
                $"GET /v1{Account}",
            ],
            service.Requests.Select(static request => request.Line));
        Assert.Equal(
            """{"maxLeaseTime":"04:00:00","models":["https://account.blob.example/models"],"size":"standard"}""", service.Requests[0].Body);
        Assert.Equal("""{"maxLeaseTime":"1.00:00:00"}""", service.Requests[2].Body);
        Assert.Equal(Id, session.SessionUuid);
        Assert.Equal(RenderingSessionStatus.Ready, read.Status);
        Assert.Equal(RenderingSessionVmSize.Standard, read.Size);
        Assert.Equal(TimeSpan.FromHours(24), read.MaxLeaseTime);
        Assert.Equal(new TimeSpan(0, 3, 10), read.ElapsedTime);
        Assert.Equal("h.example", read.Hostname);
        Assert.Equal(50051, read.HandshakePort);
        Assert.Equal(Id, Assert.Single(listed).Id);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 1)]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    [InlineData(24 * 3600, 1440)]
    [InlineData((24 * 3600) - 1, 1440)]
    public async Task Lease_IsRoundedUpToWholeMinutes(int seconds, int minutes)
    {
        ScriptedService service = new ScriptedService().Then(201, ScriptedService.SessionJson("s1", "Starting", minutes));
        await service.Client().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromSeconds((double)seconds), "Standard") { SessionId = "s1" });
        Assert.Contains($"\"maxLeaseTimeMinutes\":{minutes},", service.Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4:0:0", 4 * 60)]
    [InlineData("24:0:0", 24 * 60)]
    [InlineData("24:00:00", 24 * 60)]
    [InlineData("1.00:00:00", 24 * 60)]
    [InlineData("00:30:00.5000000", 30)]
    [InlineData("1.2:3:0", (26 * 60) + 3)]
    public void TimeSpan_OfV1_IsReadAsHoursMinutesSeconds(string text, int minutes)
    {
        Assert.True(LegacyDuration.TryParse(text, fractions: true, out TimeSpan value));
        Assert.Equal(minutes, (int)value.TotalMinutes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("1:2")]
    [InlineData("-1:0:0")]
    [InlineData("1:60:0")]
    [InlineData("1:0:60")]
    [InlineData("1.24:0:0")]
    [InlineData("a:b:c")]
    public void TimeSpan_OfV1_ThatIsNotOne_IsRefused(string text) => Assert.False(LegacyDuration.TryParse(text, fractions: true, out _));

    [Theory]
    [InlineData(
        """{"id":"s1","creationTime":"2021-01-29T16:04:29.1569219+00:00","arrInspectorPort":0,"handshakePort":0,"elapsedTimeMinutes":"""
            + """0,"hostname":null,"maxLeaseTimeMinutes":4,"size":"Standard","status":"Starting","teraflops":0.0,"error":null}""")]
    [InlineData(
        """{"id":"s1","creationTime":"2021-01-29T16:04:29.1569219+00:00","elapsedTimeMinutes":0,"maxLeaseTimeMinutes":"""
            + """4,"size":"Standard","status":"Starting"}""")]
    public async Task Session_InEitherBodyShape_ReadsTheSame(string body)
    {
        RenderingSessionProperties session = (await new ScriptedService().Then(200, body).Client().GetSessionPropertiesAsync("s1")).Value;
        Assert.Null(session.HandshakePort);
        Assert.Null(session.ArrInspectorPort);
        Assert.Null(session.Hostname);
        Assert.Null(session.Teraflops);
        Assert.Null(session.Error);
        Assert.Equal(TimeSpan.Zero, session.ElapsedTime);
        Assert.Equal(TimeSpan.FromMinutes(4.0), session.MaxLeaseTime);
        Assert.Equal(
            DateTimeOffset.Parse("2021-01-29T16:04:29.1569219+00:00", System.Globalization.CultureInfo.InvariantCulture),
            session.CreatedOn);
        Assert.Empty(session.AdditionalProperties);
    }

    [Fact]
    public async Task Session_WithUnknownWordsAndMembers_KeepsThem()
    {
        const string Body = """{"id":"s1","size":"Tiny","status":"Hibernating","zone":{"name":"b","n":[1,2]},"x":null}""";
        RenderingSessionProperties session = (await new ScriptedService().Then(200, Body).Client().GetSessionPropertiesAsync("s1")).Value;
        Assert.Equal("Tiny", session.Size.ToString());
        Assert.Equal("Hibernating", session.Status.ToString());
        Assert.False(session.Status.IsTerminal);
        Assert.Equal("""{"name":"b","n":[1,2]}""", session.AdditionalProperties["zone"].ToString());
        Assert.Equal("null", session.AdditionalProperties["x"].ToString());
    }

    [Fact]
    public async Task Session_InError_SaysWhy()
    {
        const string Body =
            """{"id":"s1","size":"Standard","status":"Error","error":{"code":"NoCapacity","message":"None """
            + """free.","details":[{"code":"A","message":"a"}],"innerError":{"code":"B","message":"b"}}}""";
        RenderingSessionProperties session = (await new ScriptedService().Then(200, Body).Client().GetSessionPropertiesAsync("s1")).Value;
        Assert.Equal("NoCapacity", session.Error!.Code);
        Assert.Equal("A", Assert.Single(session.Error.Details).Code);
        Assert.Equal("B", session.Error.InnerError!.Code);
        Assert.True(session.Status.IsTerminal);
    }

    [Fact]
    public async Task Models_InAVersionWithoutThem_AreRefusedByName()
    {
        var service = new ScriptedService();
        var options = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(5), "Standard");
        options.Models.Add(new Uri("https://a.example/m"));
        ArgumentException exception =
            await Assert.ThrowsAsync<ArgumentException>(() => service.Client().CreateNewRenderingSessionAsync(options));
        Assert.Contains("v1", exception.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task SessionId_InV1_IsRefused()
        => await Assert.ThrowsAsync<ArgumentException>(() => new ScriptedService().Client(ServiceVersion.V1).CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(5), "Standard") { SessionId = "mine" }));
}
