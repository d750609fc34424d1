using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Internal;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Checks the settings of clients at the start of programs that have no generic host.</summary>
public static class RemoteRenderingServiceProviderExtensions
{
    /// <summary>Checks the settings of every registered client now, as a generic host does when it starts. Sends nothing.</summary>
    /// <param name="services">The built services.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong; all of them are listed, each with its name and a good value.</exception>
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
