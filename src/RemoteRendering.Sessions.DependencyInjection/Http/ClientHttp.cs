using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace RemoteRendering.Sessions.DependencyInjection.Http;

/// <summary>Configures the HTTP client of <c>IHttpClientFactory</c> for each client.</summary>
internal static class ClientHttp
{
    private const string Prefix = "RemoteRendering";

    public static IHttpClientBuilder Add(IServiceCollection services, string name) => services.AddHttpClient(HttpName(name));

    public static void SetDefaults(IHttpClientBuilder builder)
    {
        // The pipeline handles redirects, because it checks their target before it sends a token; cookies must not be shared between
        // accounts.
        builder.ConfigurePrimaryHttpMessageHandler(
            static () =>
                new RenewedHandler(
                    static () => new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }, TimeProvider.System));
        builder.RedactLoggedHeaders(["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie"]);
    }

    public static HttpPipelineTransport CreateTransport(IServiceProvider services, string name)
    {
        var handler = new FactoryHttpHandler(services.GetRequiredService<IHttpMessageHandlerFactory>(), HttpName(name));
        // The pipeline has its own time-out, per try.
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }

    private static string HttpName(string name) => name.Length == 0 ? Prefix : Prefix + ":" + name;
}
