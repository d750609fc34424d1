using System.Net;
using System.Net.Sockets;
using Azure;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Hosting;

public sealed class SessionEmulatorTests
{
    [Theory]
    [InlineData(false, false, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01)]
    [InlineData(false, false, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01_Preview)]
    [InlineData(false, false, RemoteRenderingClientOptions.ServiceVersion.V1)]
    [InlineData(true, false, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01)]
    [InlineData(true, false, RemoteRenderingClientOptions.ServiceVersion.V1)]
    [InlineData(false, true, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01)]
    [InlineData(true, true, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01)]
    public async Task CreateClient_GoesTheWholeWay(bool http, bool https, RemoteRenderingClientOptions.ServiceVersion version)
    {
        var time = new VirtualTimeProvider(TimeProvider.System.GetUtcNow());
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.HttpPort = http ? 0 : null;
            options.HttpsPort = https ? 0 : null;
        });
        RemoteRenderingClient client = emulator.CreateClient(new RemoteRenderingClientOptions(version));
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard));
        Assert.Equal(RenderingSessionStatus.Starting, session.Status);
        await time.PassAsync(TimeSpan.FromSeconds(2));
        await session.GetPropertiesAsync();
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
        await session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(20)));
        Assert.Equal(TimeSpan.FromMinutes(20), emulator.FindSession(session.SessionUuid)!.MaxLeaseTime);
        var listed = new List<string>();
        await foreach (RenderingSessionProperties properties in client.GetCurrentRenderingSessionsAsync())
        {
            listed.Add(properties.Id);
        }

        Assert.Equal([session.SessionUuid], listed);
        await session.StopAsync();
        Assert.Equal(SessionState.Stopped, emulator.FindSession(session.SessionUuid)!.State);
        Assert.Same(emulator.TimeProvider, time);
    }

    [Fact]
    public async Task Https_AloneAndBeside_ShareTheState()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.HttpsPort = 0;
        });
        Assert.Equal("http", emulator.Endpoint.Scheme);
        Assert.NotEqual(emulator.HttpEndpoint!.Port, emulator.HttpsEndpoint!.Port);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!
            .GetCertHashString() == emulator.Certificate!.GetCertHashString();
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + emulator.CreateAccessToken());
        string body = """{"maxLeaseTimeMinutes":4,"size":"Standard"}""";
        string path = $"accounts/{emulator.AccountId}/sessions/s?api-version=2021-01-01";
        Assert.Equal(
            HttpStatusCode.Created,
            (await http.PutAsync(new Uri(emulator.HttpsEndpoint, path), new StringContent(body, null, "application/json"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.OK,
            (await http.PutAsync(new Uri(emulator.HttpEndpoint, path), new StringContent(body, null, "application/json"))).StatusCode);
    }

    [Fact]
    public async Task Certificate_IsForLoopback()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpsPort = 0);
        Assert.True(emulator.Certificate!.MatchesHostname("localhost"));
        Assert.True(emulator.Certificate.MatchesHostname("127.0.0.1"));
        Assert.True(emulator.Certificate.MatchesHostname("::1"));
        Assert.False(emulator.Certificate.MatchesHostname("example.org"));
    }

    [Fact]
    public async Task Loopback_IsReachedOverIPv6Too()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpPort = 0);
        using var http = new HttpClient();
        using HttpResponseMessage response = await http.GetAsync(new UriBuilder(emulator.Endpoint) { Host = "[::1]" }.Uri);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Start_PortTaken_SaysWhich()
    {
        await using SessionEmulator first = await SessionEmulator.StartAsync(options => options.HttpPort = 0);
        IOException exception =
            await Assert.ThrowsAsync<IOException>(() => SessionEmulator.StartAsync(options => options.HttpPort = first.Endpoint.Port));
        Assert.Contains(first.Endpoint.Authority, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InProcess_OpensNoPort()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        Assert.Equal(new Uri("http://localhost/"), emulator.Endpoint);
        Assert.Null(emulator.HttpEndpoint);
        Assert.Null(emulator.HttpsEndpoint);
        Assert.Null(emulator.Certificate);
    }

    [Fact]
    public async Task Dispose_Twice_FreesThePortOnce()
    {
        SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpPort = 0);
        await Task.WhenAll(emulator.DisposeAsync().AsTask(), emulator.DisposeAsync().AsTask());
        await using SessionEmulator next = await SessionEmulator.StartAsync(options => options.HttpPort = emulator.Endpoint.Port);
        Assert.Equal(emulator.Endpoint, next.Endpoint);
    }

    [Fact]
    public async Task LoseHost_EndsAReadySessionInError()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false);
        await service.PutAsync("s");
        await service.Time.PassAsync(TimeSpan.FromSeconds(32));
        Assert.True(service.Emulator.LoseHost("s", "Fire", "The machine burns."));
        Assert.False(service.Emulator.LoseHost("s"));
        Assert.False(service.Emulator.LoseHost("none"));
        EmulatedSession session = service.Emulator.FindSession("s")!;
        Assert.Equal((SessionState.Error, "Fire", TimeSpan.FromSeconds(30)), (session.State, session.FailureCode, session.HostTime));
    }

    [Fact]
    public async Task CostReport_CountsFromReadyToTheEnd()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false);
        await service.PutAsync("stopped", 60);
        await service.PutAsync("expires", 4);
        await service.PutAsync("neverReady", 60);
        await service.StopAsync("neverReady");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2) + TimeSpan.FromMinutes(1.5));
        Assert.True(service.Emulator.StopSession("stopped"));
        await service.Time.PassAsync(TimeSpan.FromHours(1));
        EmulatorCostReport report = service.Emulator.GetCostReport();
        Assert.Equal([1.5, 4, 0], report.Sessions.Select(session => session.HostMinutes));
        Assert.Equal(5.5, report.TotalHostMinutes);
        Assert.EndsWith("total 5.50 host minutes", report.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<SessionEmulatorOptions>> BadOptions => new()
    {
        { "BootTime", options => options.BootTime = TimeSpan.FromTicks(-1) },
        { "BootTime", options => options.BootTimeSequence.Add(TimeSpan.FromTicks(-1)) },
        { "Capacity", options => options.Capacity[SessionSize.Premium] = -1 },
        { "TokenLifetime", options => options.TokenLifetime = TimeSpan.Zero },
        { "RequestsPerMinute", options => options.RequestsPerMinute = 0 },
        { "Retention", options => options.Retention = TimeSpan.FromTicks(-1) },
        { "PageSize", options => options.PageSize = 0 },
        { "BodyShape", options => options.BodyShape = (ServiceBodyShape)9 },
        { "HttpPort", options => options.HttpPort = 65536 },
        { "HttpsPort", options => options.HttpsPort = options.HttpPort = 5000 },
        { "RequestLogCapacity", options => options.RequestLogCapacity = 0 },
        { "HistoryCapacity", options => options.HistoryCapacity = 0 },
        { "TimeProvider", options => options.TimeProvider = null! },
        { "Accounts", options => options.Accounts.Add(new EmulatorAccount(SessionEmulator.WellKnownAccountId, "key")) },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task Start_BadOption_IsRefusedByName(string name, Action<SessionEmulatorOptions> configure)
        => Assert.Equal(name, (await Assert.ThrowsAsync<ArgumentException>(() => SessionEmulator.StartAsync(configure))).ParamName);

    [Fact]
    public async Task Configure_KeepsWhatIsSet()
    {
        await using SessionEmulator emulator =
            await SessionEmulator.StartAsync(options => options.TimeProvider = new VirtualTimeProvider());
        var ownTime = new VirtualTimeProvider(TimeProvider.System.GetUtcNow());
        using var handler = emulator.CreateHandler();
        var transport = new Azure.Core.Pipeline.HttpClientTransport(handler);
        var options = new RemoteRenderingClientOptions { TimeProvider = ownTime, Transport = transport };
        emulator.Configure(options);
        Assert.Same(ownTime, options.TimeProvider);
        Assert.Same(transport, options.Transport);
        Assert.NotNull(options.ConnectionTransport);
    }

    [Fact]
    public async Task Options_ChangedAfterTheStart_HaveNoEffect()
    {
        SessionEmulatorOptions? kept = null;
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false, options => kept = options);
        kept!.Capacity[SessionSize.Standard] = 0;
        kept.BootTime = TimeSpan.FromHours(1);
        await service.PutAsync("s");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("Ready", await service.StatusAsync("s"));
    }

    [Fact]
    public async Task Handler_ServesBlockingClients()
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false);
        using HttpResponseMessage response = service.Http.Send(new HttpRequestMessage(HttpMethod.Get, service.Session("none")));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Client_UnknownSession_SeesTheServicesAnswer()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => emulator.CreateClient().GetSessionPropertiesAsync("none"));
        Assert.Equal(404, exception.Status);
    }
}
