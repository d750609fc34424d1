using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Internal;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Configures a registered client. Every method adds to the configuration and returns the same builder.</summary>
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
    /// <value>Empty for the default client.</value>
    public string Name { get; }

    /// <summary>
    /// Gets the builder of the HTTP client of <c>IHttpClientFactory</c> that sends all requests: to the service, to the token service, and
    /// to Entra. Add handlers, a proxy or a certificate here.
    /// </summary>
    /// <remarks>
    /// Retries, time-outs and logging are done by Azure.Core, above this client: see
    /// <see cref="ConfigureClient(Action{RemoteRenderingClientOptions})"/>. A custom primary handler must not follow redirects, because it
    /// would send a token along. The WebSocket to a host does not use this client.
    /// </remarks>
    public IHttpClientBuilder HttpClient { get; }

    /// <summary>Changes the options after they were read from configuration.</summary>
    /// <param name="configure">The action that sets the options.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public RemoteRenderingBuilder Configure(Action<RemoteRenderingOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        Services.PostConfigure(Name, configure);
        return this;
    }

    /// <summary>Changes the client options after the settings were applied: retry, diagnostics, policies, clock, connections.</summary>
    /// <param name="configure">The action that sets the client options. It runs once, when the client is first requested.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public RemoteRenderingBuilder ConfigureClient(Action<RemoteRenderingClientOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        return ConfigureClient((_, options) => configure(options));
    }

    /// <summary>Changes the client options with access to other services.</summary>
    /// <param name="configure">The action that sets the client options. It runs once, when the client is first requested.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public RemoteRenderingBuilder ConfigureClient(Action<IServiceProvider, RemoteRenderingClientOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        Services.AddSingleton(new ClientConfiguration(Name, configure));
        return this;
    }

    /// <summary>
    /// Signs in with a custom credential instead of one from settings. Each of its tokens is exchanged at the token service.
    /// </summary>
    /// <param name="credential">The factory of the credential. It runs once, when the client is first requested.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="credential"/> is null.</exception>
    public RemoteRenderingBuilder UseCredential(Func<IServiceProvider, TokenCredential> credential)
    {
        Require.NotNull(credential, nameof(credential));
        Services.PostConfigure<RemoteRenderingOptions>(Name, options => options.Credential.Custom = credential);
        return this;
    }
}
