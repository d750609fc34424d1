using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Options;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>That a client of this name was registered, and what code adds to it.</summary>
internal sealed class RemoteRenderingRegistration(string name)
{
    public string Name { get; } = name;

    /// <summary>Adds what all clients share, and the name; false when the name was there already.</summary>
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
