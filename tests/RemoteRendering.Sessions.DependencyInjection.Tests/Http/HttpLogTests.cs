using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Http;

using Host = Microsoft.Extensions.Hosting.Host;

/// <summary>What a program logs at the default level, with and without the lines of the factory of HTTP clients.</summary>
public class HttpLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DefaultLevel_HasFourLinesOfTheFactoryForARequest()
    {
        string[] lines = await RunAsync(static _ => { });
        Assert.Equal(
            12, lines.Count(static line => line.StartsWith("System.Net.Http.HttpClient.RemoteRendering", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("west")]
    public async Task Quieted_ByTheFilterOfThePage_TheClientTellsTheRest(string name)
        => Assert.Equal(["SessionCreated", "SessionStopped"], await RunAsync(
            static builder =>
            {
                // snippet: injection-quiet-http
                builder.Logging.AddFilter("System.Net.Http.HttpClient.RemoteRendering", LogLevel.Warning);
                // end snippet
            },
            name));

    [Fact]
    public async Task Quieted_ByConfiguration_TheClientTellsTheRest()
        => Assert.Equal(["SessionCreated", "SessionStopped"], await RunAsync(static builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Logging:LogLevel:System.Net.Http.HttpClient.RemoteRendering", "Warning")]);
            builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        }));

    /// <summary>Creates and stops a session: with the exchange of the token three requests.</summary>
    private static async Task<string[]> RunAsync(Action<HostApplicationBuilder> configure, string name = "")
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        var log = new Provider();
        builder.Logging.AddProvider(log);
        configure(builder);
        RemoteRenderingBuilder rendering = name.Length == 0
            ? builder.Services.AddRemoteRendering(Settings.ForEmulator())
            : builder.Services.AddRemoteRendering(name, Settings.ForEmulator());
        rendering.HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        using IHost host = builder.Build();
        RemoteRenderingClient client = name.Length == 0
            ? host.Services.GetRequiredService<RemoteRenderingClient>()
            : host.Services.GetRequiredKeyedService<RemoteRenderingClient>(name);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard), Token);
        await session.StopAsync(Token);
        return [.. log.Lines];
    }

    private sealed class Provider : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(Provider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => owner.Lines.Enqueue(
                category.StartsWith("RemoteRendering.", StringComparison.Ordinal)
                    ? eventId.Name!
                    : $"{category}: {formatter(state, exception)}");
    }
}
