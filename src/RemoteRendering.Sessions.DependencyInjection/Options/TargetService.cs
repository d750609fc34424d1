namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Represents the service and the account of a client, from validated settings.</summary>
internal sealed class TargetService
{
    /// <summary>An account domain that cannot be resolved, for an emulator whose token service has its own address setting.</summary>
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
            emulator, EmulatorSetting.AccountId, emulator.IsLoopback ? "localhost" : NoDomain,
            new Uri(emulator.GetLeftPart(UriPartial.Authority)));
    }

    /// <summary>Returns the account domain from the settings or the endpoint; null when neither contains it.</summary>
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

        return endpoint.Host.StartsWith(ServicePrefix, StringComparison.OrdinalIgnoreCase)
            ? endpoint.Host.Substring(ServicePrefix.Length)
            : null;
    }
}
