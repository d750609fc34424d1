using Azure;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Health;

public class RemoteRenderingHealthCheckTests
{
    [Fact]
    public async Task CheckHealthAsync_ServiceAnswers_IsHealthy()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();

        HealthCheckResult result = await CheckAsync(new RemoteRenderingHealthCheck(emulator.CreateClient()));

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal("localhost answers.", result.Description);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task CheckHealthAsync_WrongKey_IsTheFailureStatusWithTheRefusal()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var options = new RemoteRenderingClientOptions();
        emulator.Configure(options);
        var client = new RemoteRenderingClient(
            emulator.Endpoint, emulator.AccountId, emulator.AccountDomain, new AzureKeyCredential("wrong-key"), options);

        HealthCheckResult result = await CheckAsync(new RemoteRenderingHealthCheck(client));

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.StartsWith("localhost refused to list sessions: 401", result.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-key", result.Description + result.Exception, StringComparison.Ordinal);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task CheckHealthAsync_EmulatorGone_IsTheFailureStatus()
    {
        SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpPort = 0);
        var options = new RemoteRenderingClientOptions { Retry = { MaxRetries = 0 } };
        emulator.Configure(options);
        RemoteRenderingClient client = emulator.CreateClient(options);
        await emulator.DisposeAsync();

        HealthCheckResult result = await CheckAsync(new RemoteRenderingHealthCheck(client));

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.EndsWith("could not be called.", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task CheckHealthAsync_CredentialThatCannotSignIn_IsToldAsSuch()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var options = new RemoteRenderingClientOptions();
        emulator.Configure(options);
        var client = new RemoteRenderingClient(emulator.Endpoint, emulator.AccountId, emulator.AccountDomain, new NoSignIn(), options);

        HealthCheckResult result = await CheckAsync(new RemoteRenderingHealthCheck(client));

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Equal("The credential could not sign in, so localhost was not called.", result.Description);
    }

    [Theory]
    [InlineData("east,west")]
    [InlineData(",west")]
    [InlineData("east")]
    [InlineData("")]
    public async Task AddCheck_AnyRegisteredClients_ChecksThemAll(string list)
    {
        string[] names = list.Split(',');
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var services = new ServiceCollection();
        foreach (string name in names)
        {
            services.AddRemoteRendering(name, Settings.ForEmulator()).HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        }

        services.AddLogging().AddHealthChecks().AddCheck<RemoteRenderingHealthCheck>("remote-rendering", HealthStatus.Degraded);
        await using ServiceProvider provider = services.BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(names.Length, emulator.Requests.Count(static request => request.Operation == ServiceOperation.List));
        Assert.All(
            names, name
                => Assert.Contains(
                    names.Length == 1 ? "answers" : name, report.Entries["remote-rendering"].Description!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddCheck_OneOfSeveralClientsFails_IsNamed()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddRemoteRendering("east", Settings.ForEmulator()).HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        services.AddRemoteRendering("west", Settings.ForEmulator(("Credential:AccountKey", "wrong-key"))).HttpClient
            .ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        services.AddRemoteRendering("south", Settings.Good(("AccountId", "not-an-id")));
        services.AddLogging().AddHealthChecks().AddCheck<RemoteRenderingHealthCheck>("remote-rendering", HealthStatus.Degraded);
        await using ServiceProvider provider = services.BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken);

        HealthReportEntry entry = report.Entries["remote-rendering"];
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("client 'east': localhost answers.", entry.Description, StringComparison.Ordinal);
        Assert.Contains("client 'west': localhost refused to list sessions: 401", entry.Description, StringComparison.Ordinal);
        Assert.Contains("client 'south': The settings of the client are invalid.", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckHealthAsync_Cancelled_IsNoVerdict()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CheckAsync(new RemoteRenderingHealthCheck(emulator.CreateClient()), cancelled.Token));
    }

    private static Task<HealthCheckResult> CheckAsync(RemoteRenderingHealthCheck check, CancellationToken cancellationToken = default)
    {
        var registration = new HealthCheckRegistration("remote-rendering", check, HealthStatus.Degraded, tags: null);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, cancellationToken);
    }

    private sealed class NoSignIn : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => throw new InvalidOperationException("No sign-in here.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => throw new InvalidOperationException("No sign-in here.");
    }
}
