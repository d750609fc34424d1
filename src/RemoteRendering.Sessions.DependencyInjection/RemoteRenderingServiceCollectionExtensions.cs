using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Http;
using RemoteRendering.Sessions.DependencyInjection.Internal;
using RemoteRendering.Sessions.DependencyInjection.Options;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Registers <see cref="RemoteRenderingClient"/> in a service collection.</summary>
public static class RemoteRenderingServiceCollectionExtensions
{
    /// <summary>Registers the default client, with settings from configuration. Inject it as <see cref="RemoteRenderingClient"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The section with the settings, for example <c>configuration.GetSection("RemoteRendering")</c>; the names are those of
    /// <see cref="RemoteRenderingOptions"/>.
    /// </param>
    /// <returns>A builder that configures the client further.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>
    /// Invalid settings are reported when a generic host starts, by
    /// <see cref="RemoteRenderingServiceProviderExtensions.ValidateRemoteRendering"/>, and at the latest when the client is requested.
    /// </remarks>
    public static RemoteRenderingBuilder AddRemoteRendering(this IServiceCollection services, IConfiguration configuration)
        => services.AddRemoteRendering(Microsoft.Extensions.Options.Options.DefaultName, configuration);

    /// <summary>Registers the default client, with settings from code. Inject it as <see cref="RemoteRenderingClient"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">The action that sets the options.</param>
    /// <returns>A builder that configures the client further.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>
    /// Invalid settings are reported when a generic host starts, by
    /// <see cref="RemoteRenderingServiceProviderExtensions.ValidateRemoteRendering"/>, and at the latest when the client is requested.
    /// </remarks>
    public static RemoteRenderingBuilder AddRemoteRendering(this IServiceCollection services, Action<RemoteRenderingOptions> configure)
        => services.AddRemoteRendering(Microsoft.Extensions.Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a named client, with settings from configuration. Inject it with its name as the key, or get it from
    /// <see cref="RemoteRenderingClientFactory"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the client, which is also its key; case-sensitive.</param>
    /// <param name="configuration">The section with the settings; the names are those of <see cref="RemoteRenderingOptions"/>.</param>
    /// <returns>A builder that configures the client further.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static RemoteRenderingBuilder AddRemoteRendering(this IServiceCollection services, string name, IConfiguration configuration)
    {
        Require.NotNull(configuration, nameof(configuration));
        RemoteRenderingBuilder builder = Register(services, name);
        services.AddSingleton<IConfigureOptions<RemoteRenderingOptions>>(new ConfigurationReader(name, configuration));
        services.AddSingleton<IOptionsChangeTokenSource<RemoteRenderingOptions>>(
            new ConfigurationChangeTokenSource<RemoteRenderingOptions>(name, configuration));
        return builder;
    }

    /// <summary>
    /// Registers a named client, with settings from code. Inject it with its name as the key, or get it from
    /// <see cref="RemoteRenderingClientFactory"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the client, which is also its key; case-sensitive.</param>
    /// <param name="configure">The action that sets the options.</param>
    /// <returns>A builder that configures the client further.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static RemoteRenderingBuilder AddRemoteRendering(
        this IServiceCollection services, string name, Action<RemoteRenderingOptions> configure)
    {
        Require.NotNull(configure, nameof(configure));
        RemoteRenderingBuilder builder = Register(services, name);
        services.Configure(name, configure);
        return builder;
    }

    private static RemoteRenderingBuilder Register(IServiceCollection services, string name)
    {
        Require.NotNull(services, nameof(services));
        Require.NotNull(name, nameof(name));
        IHttpClientBuilder http = ClientHttp.Add(services, name);
        if (AddOnce(services, name))
        {
            ClientHttp.SetDefaults(http);
            if (name.Length == 0)
            {
                services.AddSingleton(provider => provider.GetRequiredService<RemoteRenderingClientFactory>().GetClient());
            }
            else
            {
                services.AddKeyedSingleton(
                    name, (provider, _) => provider.GetRequiredService<RemoteRenderingClientFactory>().GetClient(name));
            }
        }

        return new RemoteRenderingBuilder(services, name, http);
    }

    /// <summary>Adds the shared services and the name; returns false when the name was already registered.</summary>
    private static bool AddOnce(IServiceCollection services, string name)
    {
        services.TryAddSingleton<RemoteRenderingClientFactory>(provider => new RegisteredClientFactory(provider));
        services.TryAddSingleton<KeyRotation>();
        services.TryAddTransient(RemoteRenderingHealthCheck.OfAll);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RemoteRenderingOptions>, SettingsValidator>());
        if (services.Any(service => service.ImplementationInstance is RemoteRenderingRegistration known && known.Name == name))
        {
            return false;
        }

        services.AddSingleton(new RemoteRenderingRegistration(name));
        services.AddOptions<RemoteRenderingOptions>(name).ValidateOnStart();
        return true;
    }
}
