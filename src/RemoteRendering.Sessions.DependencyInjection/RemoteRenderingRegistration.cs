using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Options;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Represents the registration of a client by name, with the configuration from code.</summary>
internal sealed class RemoteRenderingRegistration(string name)
{
    public string Name { get; } = name;

    /// <summary>Adds the shared services and the name; returns false when the name was already registered.</summary>
    public static bool Add(IServiceCollection services, string name)
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
