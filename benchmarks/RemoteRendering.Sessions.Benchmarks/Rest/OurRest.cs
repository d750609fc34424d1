using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The candidate: the client as users have it, with a token it has already.</summary>
internal static class OurRest
{
    public static RemoteRenderingClientOptions Options(HttpMessageHandler service)
        => new() { Transport = new HttpClientTransport(new HttpClient(service, disposeHandler: false)) };

    public static RemoteRenderingClient Client(HttpMessageHandler service) => Client(Options(service));

    public static RemoteRenderingClient Client(RemoteRenderingClientOptions options) => new(
        CannedService.Endpoint,
        CannedService.AccountId,
        "eastus.mixedreality.azure.com",
        new AccessToken(CannedService.Token, DateTimeOffset.MaxValue),
        options);
}
