using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Internal;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>More to set on a client that was registered. Every method adds to what is there and returns the same builder.</summary>
public sealed class RemoteRenderingBuilder
{
    internal RemoteRenderingBuilder(IServiceCollection services, string name, IHttpClientBuilder httpClient)
    {
        Services = services;
        Name = name;
        HttpClient = httpClient;
    }

    /// <summary>Gets the services that the client was registered in.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets the name of the client.</summary>
    /// <value>Empty for the client of the application.</value>
    public string Name { get; }

    /// <summary>Gets the HTTP client of <c>IHttpClientFactory</c> that every request travels through: to the service, to the token service, and to Entra. Add handlers, a proxy or a certificate here.</summary>
    /// <remarks>
    /// Retries, time-outs and logging are Azure.Core's, above it: see <see cref="ConfigureClient(Action{RemoteRenderingClientOptions})"/>.
    /// A primary handler of your own must not follow redirects by itself, for a token would go along. The WebSocket to a host does not go through it.
    /// </remarks>
    public IHttpClientBuilder HttpClient { get; }

    /// <summary>Changes the options after what was read from configuration.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public RemoteRenderingBuilder Configure(Action<RemoteRenderingOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        Services.PostConfigure(Name, configure);
        return this;
    }

    /// <summary>Changes the client options, after everything that comes from settings and from the services: retry, diagnostics, policies, clock, connections.</summary>
    /// <param name="configure">Sets the client options; runs once, when the client is first asked for.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public RemoteRenderingBuilder ConfigureClient(Action<RemoteRenderingClientOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        return ConfigureClient((_, options) => configure(options));
    }

    /// <summary>Changes the client options with the help of other services.</summary>
    /// <param name="configure">Sets the client options; runs once, when the client is first asked for.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public RemoteRenderingBuilder ConfigureClient(Action<IServiceProvider, RemoteRenderingClientOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        Services.AddSingleton(new ClientConfiguration(Name, configure));
        return this;
    }

    /// <summary>Signs in with a credential of your own instead of one from settings; each of its tokens is exchanged at the token service.</summary>
    /// <param name="credential">Makes the credential; runs once, when the client is first asked for.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="credential"/> is null.</exception>
    public RemoteRenderingBuilder UseCredential(Func<IServiceProvider, TokenCredential> credential)
    {
        Require.NotNull(credential, nameof(credential));
        Services.PostConfigure<RemoteRenderingOptions>(Name, options => options.Credential.Custom = credential);
        return this;
    }
}
