using Microsoft.Extensions.Options;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Gives the registered clients by name. Registered by <see cref="RemoteRenderingServiceCollectionExtensions"/>; thread-safe.</summary>
public abstract class RemoteRenderingClientFactory
{
    /// <summary>Gets the client of the application.</summary>
    /// <returns>The same client every time.</returns>
    /// <exception cref="InvalidOperationException">No client was registered without a name.</exception>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong.</exception>
    public virtual RemoteRenderingClient GetClient() => GetClient(Microsoft.Extensions.Options.Options.DefaultName);

    /// <summary>Gets the client of a name.</summary>
    /// <param name="name">The name it was registered with; case counts.</param>
    /// <returns>The same client every time.</returns>
    /// <exception cref="InvalidOperationException">No client was registered with this name; the message lists the names there are.</exception>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong.</exception>
    public abstract RemoteRenderingClient GetClient(string name);
}
