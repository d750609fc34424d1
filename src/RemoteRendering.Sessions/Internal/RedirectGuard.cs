#if !NET8_0_OR_GREATER
using System.Net;

namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Wraps the proxy of a WebSocket, and forwards each call. .NET Standard has no option to disable redirects, but a platform that follows
/// one first requests the proxy of the new address. This cancels the attempt before the new address gets a request.
/// </summary>
internal sealed class RedirectGuard(Uri address, IWebProxy? proxy, CancellationTokenSource attempt) : IWebProxy
{
    private volatile bool _isRedirected;

    /// <summary>Gets a value indicating whether the platform was about to connect to another address.</summary>
    public bool IsRedirected => _isRedirected;

    public ICredentials? Credentials
    {
        get => proxy?.Credentials;
        set
        {
            if (proxy is not null)
            {
                proxy.Credentials = value!;
            }
        }
    }

    public Uri? GetProxy(Uri destination)
    {
        Check(destination);
        return proxy is null ? null : proxy.GetProxy(destination);
    }

    public bool IsBypassed(Uri host)
    {
        Check(host);
        return proxy is null || proxy.IsBypassed(host);
    }

    private void Check(Uri destination)
    {
        if (IsSecure(destination) == IsSecure(address) && destination.Port == address.Port
            && destination.PathAndQuery == address.PathAndQuery
            && string.Equals(destination.Host, address.Host, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        _isRedirected = true;
        attempt.Cancel();
    }

    private static bool IsSecure(Uri uri) => uri.Scheme is "wss" or "https";
}
#endif
