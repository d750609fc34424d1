using Microsoft.Extensions.Configuration;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.DependencyInjection.Tests;

/// <summary>Configuration for tests: good settings, and what a test changes in them.</summary>
internal static class Settings
{
    public const string Section = "RemoteRendering";

    public static IConfigurationSection Good(params (string Key, string? Value)[] changes) => Of(
    [
        ("Endpoint", "https://remoterendering.eastus.mixedreality.azure.com"),
        ("AccountId", "12345678-90ab-cdef-1234-567890abcdef"),
        ("Credential:AccountKey", "the-key-of-the-account"),
        .. changes,
    ]);

    public static IConfigurationSection ForEmulator(params (string Key, string? Value)[] changes) => Of(
    [
        ("Endpoint", "http://localhost/"),
        ("AccountId", SessionEmulator.WellKnownAccountId.ToString()),
        ("Credential:AccountKey", SessionEmulator.WellKnownAccountKey),
        .. changes,
    ]);

    public static IConfigurationSection Of(params (string Key, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach ((string key, string? value) in settings)
        {
            values[Section + ":" + key] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(Section);
    }
}
