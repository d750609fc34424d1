using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Clients;

public class CredentialTests
{
    [Fact]
    public async Task AccessToken_FromConfiguration_IsSentAsItIs()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        string token = await FetchTokenAsync(emulator);
        var requests = new List<string>();
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.ForEmulator(("Credential:AccountKey", null), ("Credential:AccessToken", token))).HttpClient
            .ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler)
            .AddHttpMessageHandler(() => new RecordingHandler(requests));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await ListAsync(provider);

        Assert.Single(requests);
    }

    [Fact]
    public async Task AccountKey_Reloaded_IsTheNextOneUsed()
    {
        IConfigurationRoot root = new ConfigurationBuilder().AddInMemoryCollection().Build();
        IConfigurationSection section = root.GetSection("RemoteRendering");
        section["Endpoint"] = ScriptedService.Endpoint.ToString();
        section["AccountDomain"] = ScriptedService.Domain;
        section["AccountId"] = ScriptedService.AccountId.ToString();
        section["Credential:AccountKey"] = "old";
        var service = new ScriptedService
        {
            Otherwise = _ => new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StringContent("""{"sessions":[]}""") }
        };
        var services = new ServiceCollection();
        services.AddRemoteRendering(section).HttpClient.ConfigurePrimaryHttpMessageHandler(() => service);
        await using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<RemoteRenderingClient>();

        section["Credential:AccountKey"] = "new";
        root.Reload();
        await ListAsync(provider);

        Assert.EndsWith(":new", Assert.Single(service.TokenRequests).Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseCredential_CredentialOfTheUser_IsAskedInsteadOfSettings()
    {
        var service = new ScriptedService
        {
            Otherwise = _ => new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StringContent("""{"sessions":[]}""") }
        };
        var services = new ServiceCollection();
        services.AddSingleton<TokenCredential>(new FixedCredential("entra-token"));
        services
            .AddRemoteRendering(options =>
            {
                options.Endpoint = ScriptedService.Endpoint;
                options.AccountDomain = ScriptedService.Domain;
                options.AccountId = ScriptedService.AccountId;
            })
            .UseCredential(provider => provider.GetRequiredService<TokenCredential>())
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => service);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await ListAsync(provider);

        Assert.Equal("Bearer entra-token", Assert.Single(service.TokenRequests).Authorization);
    }

    [Theory]
    [InlineData(RemoteRenderingCredentialKind.Default, typeof(DefaultAzureCredential))]
    [InlineData(RemoteRenderingCredentialKind.ManagedIdentity, typeof(ManagedIdentityCredential))]
    [InlineData(RemoteRenderingCredentialKind.ClientSecret, typeof(ClientSecretCredential))]
    public void EntraCredentials_EachKind_IsTheOneOfAzureIdentity(RemoteRenderingCredentialKind kind, Type expected)
    {
        var options = new RemoteRenderingCredentialOptions
        {
            Kind = kind,
            TenantId = "contoso.onmicrosoft.com",
            ClientId = "12345678-90ab-cdef-1234-567890abcdef",
            ClientSecret = "hush"
        };
        using var transport = new HttpClientTransport(new ScriptedService());

        Assert.IsType(expected, EntraCredentials.Create(new ServiceCollection().BuildServiceProvider(), options, transport));
    }

    [Fact]
    public void EntraCredentials_ManagedIdentityWithoutClientId_IsTheOneOfTheSystem()
    {
        using var transport = new HttpClientTransport(new ScriptedService());

        Assert.IsType<ManagedIdentityCredential>(
            EntraCredentials.Create(
                new ServiceCollection().BuildServiceProvider(),
                new RemoteRenderingCredentialOptions { Kind = RemoteRenderingCredentialKind.ManagedIdentity }, transport));
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("default")]
    [InlineData("ManagedIdentity")]
    public void Kind_NeedsNoSecret_IsAccepted(string kind)
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good(("Credential:AccountKey", null), ("Credential:Kind", kind)));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<RemoteRenderingClient>());
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task WrongKey_FromConfiguration_IsRefusedByTheServiceNotByUs()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.ForEmulator(("Credential:AccountKey", "wrong"))).HttpClient
            .ConfigurePrimaryHttpMessageHandler(emulator.CreateHandler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        RequestFailedException exception = await Assert.ThrowsAnyAsync<RequestFailedException>(() => ListAsync(provider));

        Assert.Equal(401, exception.Status);
    }

    private static async Task ListAsync(IServiceProvider provider) =>
        await provider.GetRequiredService<RemoteRenderingClient>().GetCurrentRenderingSessionsAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<string> FetchTokenAsync(SessionEmulator emulator)
    {
        using var http = new HttpClient(emulator.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost/accounts/{emulator.AccountId}/token");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {emulator.AccountId}:{emulator.AccountKey}");
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("AccessToken").GetString()!;
    }
}
