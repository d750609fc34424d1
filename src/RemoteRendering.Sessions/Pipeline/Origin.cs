using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Compares scheme, host and port, which must be equal before a secret is sent.</summary>
internal static class Origin
{
    public static bool Same(RequestUriBuilder address, Uri origin)
        => address.Port == origin.Port
        && string.Equals(address.Scheme, origin.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(address.Host, origin.Host, StringComparison.OrdinalIgnoreCase);

    public static bool Same(Uri address, Uri origin)
        => address.IsAbsoluteUri
        && address.Port == origin.Port
        && string.Equals(address.Scheme, origin.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(address.Host, origin.Host, StringComparison.OrdinalIgnoreCase)
        && address.UserInfo.Length == 0;
}
