using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;
using RemoteRendering.Sessions.DependencyInjection.Http;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Http;

public class ClientHttpTests
{
    [Fact]
    public async Task HttpClient_HandlerOfTheUser_SeesTheTokenExchangeToo()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var requests = new List<string>();
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.ForEmulator()).HttpClient
            .ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler)
            .AddHttpMessageHandler(() => new RecordingHandler(requests));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await ListAsync(provider);

        Assert.Equal(2, requests.Count);
        Assert.EndsWith("/token", requests[0], StringComparison.Ordinal);
        Assert.EndsWith("/sessions", requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpClient_LoggedDownToTheHeaders_KeepsTheSecrets()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        using var log = new CollectingLoggerProvider();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddRemoteRendering(Settings.ForEmulator()).HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await ListAsync(provider);

        Assert.Contains(log.Lines, line => line.Contains("Authorization: *", StringComparison.Ordinal));
        Assert.DoesNotContain(
            log.Lines, line
                => line.Contains("Bearer", StringComparison.Ordinal) || line.Contains(emulator.AccountKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_EveryRequest_AsksTheFactoryForItsCurrentHandler()
    {
        IHttpMessageHandlerFactory factory = Substitute.For<IHttpMessageHandlerFactory>();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        factory.CreateHandler("some-name").Returns(_ => emulator.CreateHandler());
        using var client = new HttpClient(new FactoryHttpHandler(factory, "some-name"));

        using HttpResponseMessage first = await client.GetAsync(new Uri("http://localhost/nothing"), TestContext.Current.CancellationToken);
        using HttpResponseMessage second =
            await client.GetAsync(new Uri("http://localhost/nothing"), TestContext.Current.CancellationToken);

        factory.Received(2).CreateHandler("some-name");
    }

    [Fact]
    public void PrimaryHandler_Default_LeavesRedirectsToThePipeline()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good());
        using ServiceProvider provider = services.BuildServiceProvider();

        HttpMessageHandler handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("RemoteRendering");
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler!;
        }

        Assert.False(Assert.IsType<HttpClientHandler>(handler).AllowAutoRedirect);
        Assert.False(((HttpClientHandler)handler).UseCookies);
    }

    private static async Task ListAsync(IServiceProvider provider) =>
        await provider.GetRequiredService<RemoteRenderingClient>().GetCurrentRenderingSessionsAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
}
