using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Validates endpoint and account domain in the constructor: a wrong domain would otherwise fail only after a minute without an answer.
/// </summary>
internal static class AccountDomainRule
{
    private const string Example = "for example eastus.mixedreality.azure.com";

    /// <summary>Finds the token service of an account domain.</summary>
    public static Uri FindTokenService(string? accountDomain, Uri endpoint)
    {
        const string Parameter = "accountDomain";
        Guard.NotNullOrEmpty(accountDomain, Parameter);
        if (Uri.TryCreate(accountDomain, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            throw Bad(accountDomain, "is an address; specify only the domain", Parameter);
        }

        if (accountDomain.StartsWith("sts.", StringComparison.OrdinalIgnoreCase)
            || accountDomain.StartsWith("remoterendering.", StringComparison.OrdinalIgnoreCase))
        {
            throw Bad(accountDomain, "is the name of a service; specify the domain without the first part", Parameter);
        }

        if (!Uri.TryCreate("https://" + accountDomain, UriKind.Absolute, out Uri? origin)
            || !string.Equals(origin.Host, accountDomain.Split(':')[0], StringComparison.OrdinalIgnoreCase)
            || accountDomain.IndexOfAny(['/', '\\', '@', '?', '#']) >= 0)
        {
            throw Bad(accountDomain, "is not a domain name", Parameter);
        }

        if (origin.IsLoopback)
        {
            // An emulator has both services at one address.
            return endpoint.IsLoopback
                ? new Uri(endpoint.GetLeftPart(UriPartial.Authority))
                : throw Bad(accountDomain, "is this machine, and the endpoint is not", Parameter);
        }

        return origin.HostNameType == UriHostNameType.Dns && origin.IsDefaultPort && accountDomain.IndexOf('.') > 0
            ? new Uri("https://sts." + accountDomain)
            : throw Bad(accountDomain, accountDomain.IndexOf('.') < 0 ? "is a region, not a domain" : "is not a domain name", Parameter);
    }

    public static void ValidateEndpoint(Uri? endpoint, string parameter)
    {
        Guard.NotNull(endpoint, parameter);
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"'{endpoint}' is not a web address; a valid one is for example https://remoterendering.eastus.mixedreality.azure.com.",
                parameter);
        }

        if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            throw new ArgumentException(
                "The endpoint must not have a user name, query or fragment; a valid one is for example "
                + "https://remoterendering.eastus.mixedreality.azure.com.", parameter);
        }

        if (endpoint.AbsolutePath is not ("/" or ""))
        {
            throw new ArgumentException(
                $"'{endpoint}' has the path '{endpoint.AbsolutePath}'; specify the address of the service without a path: "
                    + $"{endpoint.GetLeftPart(UriPartial.Authority)}.", parameter);
        }

        if (endpoint.Scheme == "http" && !endpoint.IsLoopback)
        {
            throw new ArgumentException(
                $"'{endpoint}' would send secrets unencrypted; http is allowed only on this machine, use https.", parameter);
        }
    }

    private static ArgumentException Bad(string domain, string problem, string parameter)
        => new($"'{domain}' {problem}, {Example}.", parameter);
}
