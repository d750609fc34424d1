using Azure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Tests.Contract;

/// <summary>The service in an application of ASP.NET Core on loopback, with a ledger of another make and without the emulator.</summary>
internal sealed class MappedService : IAsyncDisposable
{
    private const string AccountKey = "the-key-of-the-account";

    private static readonly Guid AccountId = new("7a1d7a60-9c52-4d4b-8f0e-000000000001");

    private readonly WebApplication _application;

    private MappedService(WebApplication application) => _application = application;

    public static async Task<MappedService> StartAsync(RenderingServiceOptions? options = null)
    {
        var service = new RenderingService(
            new BootedLedger(new InMemorySessionLedger(new InMemorySessionLedgerOptions())),
            [new ServiceAccount(AccountId, AccountKey)],
            options ?? new RenderingServiceOptions { PageSize = 2 });
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        application.MapRemoteRenderingService(service);
        await application.StartAsync();
        return new MappedService(application);
    }

    public RemoteRenderingClient Client(RemoteRenderingClientOptions options)
    {
        var endpoint = new Uri(_application.Urls.Single());
        options.AuthenticationEndpoint = endpoint;
        return new RemoteRenderingClient(endpoint, AccountId, "localhost", new AzureKeyCredential(AccountKey), options);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
