using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Documentation;

using Host = Microsoft.Extensions.Hosting.Host;

/// <summary>The examples of the page of this package, compiled and run.</summary>
public class ReadmeExamples
{
    [Fact]
    public async Task Injection_FromConfiguration()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Settings.Good().AsEnumerable());

        // snippet: injection-configuration
        builder.Services.AddRemoteRendering(builder.Configuration.GetSection("RemoteRendering"));
        // end snippet

        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(host.Services.GetRequiredService<RemoteRenderingClient>());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Injection_Named()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Settings.Good().AsEnumerable().SelectMany(setting => new[]
            {
                new KeyValuePair<string, string?>(
                    setting.Key.Replace("RemoteRendering", "RemoteRendering:West", StringComparison.Ordinal), setting.Value),
                new KeyValuePair<string, string?>(
                    setting.Key.Replace("RemoteRendering", "RemoteRendering:East", StringComparison.Ordinal), setting.Value),
            }))
            .Build();
        var services = new ServiceCollection();

        // snippet: injection-named
        services.AddRemoteRendering("west", configuration.GetSection("RemoteRendering:West"));
        services.AddRemoteRendering("east", configuration.GetSection("RemoteRendering:East"));
        // end snippet

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotSame(
            provider.GetRequiredKeyedService<RemoteRenderingClient>("west"),
            provider.GetRequiredKeyedService<RemoteRenderingClient>("east"));
    }

    [Fact]
    public void Injection_InCode()
    {
        var accountId = Guid.NewGuid();
        var services = new ServiceCollection();
        services.AddTransient<AuditHandler>();

        // snippet: injection-code
        RemoteRenderingBuilder rendering = services.AddRemoteRendering(options =>
        {
            options.Endpoint = new Uri("https://remoterendering.eastus.mixedreality.azure.com");
            options.AccountId = accountId;
        });
        rendering.UseCredential(_ => new DefaultAzureCredential());
        rendering.ConfigureClient(options => options.Retry.MaxRetries = 5);
        rendering.HttpClient.AddHttpMessageHandler<AuditHandler>();
        // end snippet

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(accountId, provider.GetRequiredService<RemoteRenderingClient>().AccountId);
    }

    [Fact]
    public async Task Injection_Health()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRemoteRendering(Settings.ForEmulator()).HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);

        // snippet: injection-health
        services.AddHealthChecks().AddCheck<RemoteRenderingHealthCheck>("remote-rendering");
        // end snippet

        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    private sealed class AuditHandler : DelegatingHandler;
}
