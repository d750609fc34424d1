namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Where a client goes and as whom, after the settings were checked.</summary>
internal sealed class TargetService
{
    /// <summary>An account domain that never leads anywhere, for an emulator whose token service is told by its address.</summary>
    private const string NoDomain = "emulator.invalid";

    private const string ServicePrefix = "remoterendering.";

    private TargetService(Uri endpoint, Guid accountId, string accountDomain, Uri? authenticationEndpoint)
    {
        Endpoint = endpoint;
        AccountId = accountId;
        AccountDomain = accountDomain;
        AuthenticationEndpoint = authenticationEndpoint;
    }

    public Uri Endpoint { get; }

    public Guid AccountId { get; }

    public string AccountDomain { get; }

    public Uri? AuthenticationEndpoint { get; }

    public static TargetService From(RemoteRenderingOptions options)
    {
        if (!EmulatorSetting.IsOn(options))
        {
            return new TargetService(options.Endpoint!, options.AccountId!.Value, Domain(options)!, options.AuthenticationEndpoint);
        }

        Uri emulator = EmulatorSetting.Address(options)!;
        return new TargetService(
            emulator, EmulatorSetting.AccountId, emulator.IsLoopback ? "localhost" : NoDomain, new Uri(emulator.GetLeftPart(UriPartial.Authority)));
    }

    /// <summary>Finds the account domain: as set, or as the endpoint shows it; null when it does not.</summary>
    public static string? Domain(RemoteRenderingOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.AccountDomain))
        {
            return options.AccountDomain;
        }

        Uri endpoint = options.Endpoint!;
        if (!endpoint.IsAbsoluteUri)
        {
            return null;
        }

        if (endpoint.IsLoopback)
        {
            return "localhost";
        }

        return endpoint.Host.StartsWith(ServicePrefix, StringComparison.OrdinalIgnoreCase) ? endpoint.Host.Substring(ServicePrefix.Length) : null;
    }
}
