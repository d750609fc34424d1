namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Example values for messages.</summary>
internal static class SettingExamples
{
    public const string Endpoint = "https://remoterendering.eastus.mixedreality.azure.com";
    public const string AuthenticationEndpoint = "https://sts.eastus.mixedreality.azure.com";
    public const string AccountId = "12345678-90ab-cdef-1234-567890abcdef";
    public const string AccountDomain = "eastus.mixedreality.azure.com";
}
