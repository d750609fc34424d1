using Microsoft.Extensions.Options;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>
/// Returns registered clients by name. Registered by <see cref="RemoteRenderingServiceCollectionExtensions"/>. Thread-safe.
/// </summary>
public abstract class RemoteRenderingClientFactory
{
    /// <summary>Gets the default client.</summary>
    /// <returns>The same client every time.</returns>
    /// <exception cref="InvalidOperationException">No client was registered without a name.</exception>
    /// <exception cref="OptionsValidationException">A setting is missing or invalid.</exception>
    public virtual RemoteRenderingClient GetClient() => GetClient(Microsoft.Extensions.Options.Options.DefaultName);

    /// <summary>Gets the client with a name.</summary>
    /// <param name="name">The name with which the client was registered; case-sensitive.</param>
    /// <returns>The same client every time.</returns>
    /// <exception cref="InvalidOperationException">
    /// No client was registered with this name; the message lists the registered names.
    /// </exception>
    /// <exception cref="OptionsValidationException">A setting is missing or invalid.</exception>
    public abstract RemoteRenderingClient GetClient(string name);
}
