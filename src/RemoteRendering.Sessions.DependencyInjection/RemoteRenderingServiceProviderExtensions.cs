using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Internal;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Validates the settings of clients at the start of programs without a generic host.</summary>
public static class RemoteRenderingServiceProviderExtensions
{
    /// <summary>Validates the settings of every registered client now, as a generic host does when it starts. Sends no request.</summary>
    /// <param name="services">The service provider.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="OptionsValidationException">
    /// A setting is missing or invalid; the exception lists all of them, each with its name and a valid example.
    /// </exception>
    public static IServiceProvider ValidateRemoteRendering(this IServiceProvider services)
    {
        Require.NotNull(services, nameof(services));
        var failures = new List<string>();
        IOptionsMonitor<RemoteRenderingOptions> options = services.GetRequiredService<IOptionsMonitor<RemoteRenderingOptions>>();
        foreach (RemoteRenderingRegistration registration in services.GetServices<RemoteRenderingRegistration>())
        {
            try
            {
                options.Get(registration.Name);
            }
            catch (OptionsValidationException exception)
            {
                failures.AddRange(exception.Failures);
            }
        }

        return failures.Count == 0
            ? services
            : throw new OptionsValidationException(nameof(RemoteRenderingOptions), typeof(RemoteRenderingOptions), failures);
    }
}
