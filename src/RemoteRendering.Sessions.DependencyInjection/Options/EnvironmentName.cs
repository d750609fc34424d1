using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>The environment the program runs in: the host knows; without a host, the variables that a host would read; Production when nobody says.</summary>
internal static class EnvironmentName
{
    public static string Of(IServiceProvider services) =>
        services.GetService<IHostEnvironment>()?.EnvironmentName
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environments.Production;
}
