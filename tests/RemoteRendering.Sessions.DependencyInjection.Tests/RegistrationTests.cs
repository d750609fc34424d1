using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.DependencyInjection.Tests;

public class RegistrationTests
{
    [Fact]
    public async Task AddRemoteRendering_Configuration_GivesAClientThatWorks()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.ForEmulator()).HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        RemoteRenderingClient client = provider.GetRequiredService<RemoteRenderingClient>();
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(
                TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { SessionId = "made-by-injection" },
            TestContext.Current.CancellationToken);

        Assert.Equal("made-by-injection", session.SessionUuid);
        Assert.Equal(RenderingSessionStatus.Starting, session.Status);
    }

    [Fact]
    public async Task AddRemoteRendering_Delegate_GivesAClientThatWorks()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddRemoteRendering(options =>
        {
            options.Endpoint = new Uri("http://localhost/");
            options.AccountId = emulator.AccountId;
            options.Credential.AccountKey = emulator.AccountKey;
        }).HttpClient.ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        List<RenderingSessionProperties> sessions = await provider.GetRequiredService<RemoteRenderingClient>()
            .GetCurrentRenderingSessionsAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Empty(sessions);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("2021-01-01-preview")]
    [InlineData("2021-01-01")]
    public async Task ServiceVersion_EachWord_IsTheOneThatIsSpoken(string version)
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var requests = new List<string>();
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.ForEmulator(("ServiceVersion", version))).HttpClient
            .ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler)
            .AddHttpMessageHandler(() => new RecordingHandler(requests));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<RemoteRenderingClient>().GetCurrentRenderingSessionsAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(version == "v1", requests[^1].StartsWith("GET /v1/", StringComparison.Ordinal));
    }

    [Fact]
    public void NamedClients_Keyed_AreApartFromEachOther()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good());
        services.AddRemoteRendering("west", Settings.Good(("Endpoint", "https://remoterendering.westus2.mixedreality.azure.com")));
        using ServiceProvider provider = services.BuildServiceProvider();

        RemoteRenderingClient client = provider.GetRequiredService<RemoteRenderingClient>();
        RemoteRenderingClient west = provider.GetRequiredKeyedService<RemoteRenderingClient>("west");

        Assert.Equal("remoterendering.eastus.mixedreality.azure.com", client.Endpoint.Host);
        Assert.Equal("remoterendering.westus2.mixedreality.azure.com", west.Endpoint.Host);
        Assert.Same(west, provider.GetRequiredService<RemoteRenderingClientFactory>().GetClient("west"));
        Assert.Same(client, provider.GetRequiredService<RemoteRenderingClientFactory>().GetClient());
        Assert.Same(client, provider.GetRequiredService<RemoteRenderingClient>());
    }

    [Fact]
    public void NamedClients_OnlyNamed_LeaveTheApplicationWithoutOne()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering("west", Settings.Good());
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Null(provider.GetService<RemoteRenderingClient>());
    }

    [Fact]
    public void GetClient_UnknownName_ListsTheNamesThereAre()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering("west", Settings.Good());
        services.AddRemoteRendering("east", Settings.Good());
        using ServiceProvider provider = services.BuildServiceProvider();

        InvalidOperationException exception =
            Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<RemoteRenderingClientFactory>().GetClient("West"));

        Assert.Contains("'West'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'west', 'east'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddRemoteRendering_SameNameTwice_AddsSettingsToOneClient()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good());
        services.AddRemoteRendering(options => options.ClientId = "headset-7");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal("headset-7", Assert.Single(provider.GetServices<RemoteRenderingClient>()).ClientId);
    }

    [Fact]
    public void AddRemoteRendering_NullArguments_AreRefusedByName()
    {
        var services = new ServiceCollection();

        Assert.Equal(
            "services",
            Assert.Throws<ArgumentNullException>(
                () => RemoteRenderingServiceCollectionExtensions.AddRemoteRendering(null!, _ => { })).ParamName);
        Assert.Equal(
            "configuration", Assert.Throws<ArgumentNullException>(() => services.AddRemoteRendering((IConfiguration)null!)).ParamName);
        Assert.Equal(
            "configure",
            Assert.Throws<ArgumentNullException>(() => services.AddRemoteRendering((Action<RemoteRenderingOptions>)null!)).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => services.AddRemoteRendering(null!, _ => { })).ParamName);
    }

    [Fact]
    public void ConfigureClient_ServicesOfTheContainer_AreAlreadyInTheOptions()
    {
        var time = new VirtualTimeProvider();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        RemoteRenderingClientOptions? seen = null;
        services.AddRemoteRendering(Settings.Good(("ClientId", "headset-7"))).ConfigureClient((provider, options) =>
        {
            Assert.Same(provider.GetRequiredService<ILoggerFactory>(), options.LoggerFactory);
            seen = options;
            options.ClientId = options.ClientId + "-changed";
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        RemoteRenderingClient client = provider.GetRequiredService<RemoteRenderingClient>();

        Assert.Same(time, seen!.TimeProvider);
        Assert.Equal("headset-7-changed", client.ClientId);
    }

    [Fact]
    public void Configure_AfterConfiguration_HasTheLastWord()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good(("ClientId", "from-settings"))).Configure(options => options.ClientId = "from-code");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal("from-code", provider.GetRequiredService<RemoteRenderingClient>().ClientId);
    }
}
