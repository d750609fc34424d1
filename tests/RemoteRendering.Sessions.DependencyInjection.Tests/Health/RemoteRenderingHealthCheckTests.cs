using Azure;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RemoteRendering.Sessions.Emulator;

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
        var client = new RemoteRenderingClient(emulator.Endpoint, emulator.AccountId, emulator.AccountDomain, new AzureKeyCredential("wrong-key"), options);

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
        Assert.EndsWith("could not be asked.", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckHealthAsync_Cancelled_IsNoVerdict()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CheckAsync(new RemoteRenderingHealthCheck(emulator.CreateClient()), cancelled.Token));
    }

    private static Task<HealthCheckResult> CheckAsync(RemoteRenderingHealthCheck check, CancellationToken cancellationToken = default)
    {
        var registration = new HealthCheckRegistration("remote-rendering", check, HealthStatus.Degraded, tags: null);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, cancellationToken);
    }
}
