using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>
/// Determines the environment of the program: from the generic host, otherwise from the variables that a host would read. The default is
/// Production.
/// </summary>
internal static class EnvironmentName
{
    public static string Of(IServiceProvider services) =>
        services.GetService<IHostEnvironment>()?.EnvironmentName
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environments.Production;
}
