using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions;

/// <summary>Provides the data with which a <see cref="RenderingTransport"/> establishes a link.</summary>
public class RenderingTransportContext
{
    /// <summary>The sub-protocol of this library: <c>rrs.host.v1</c>.</summary>
    public const string HostSubProtocol = HostProtocol.SubProtocol;

    /// <summary>Creates a context.</summary>
    /// <param name="address">The address of the host, <c>ws</c> or <c>wss</c>.</param>
    /// <param name="accessToken">The access token of the service, a secret.</param>
    /// <param name="maxMessageBytes">The largest message that may be received, in bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> or <paramref name="accessToken"/> is null.</exception>
    public RenderingTransportContext(Uri address, string accessToken, int maxMessageBytes)
    {
        Address = address ?? throw new ArgumentNullException(nameof(address));
        AccessToken = accessToken ?? throw new ArgumentNullException(nameof(accessToken));
        MaxMessageBytes = maxMessageBytes;
    }

    /// <summary>Gets the address of the host: <c>wss</c>, or <c>ws</c> for a host on this machine.</summary>
    public Uri Address { get; }

    /// <summary>Gets the access token for the host. It must be sent only to <see cref="Address"/> and never be logged.</summary>
    public string AccessToken { get; }

    /// <summary>
    /// Gets the largest message that may be received, in bytes. A larger one must fail the receive with
    /// <see cref="RenderingConnectionReason.MessageTooLarge"/> before it is in memory.
    /// </summary>
    public int MaxMessageBytes { get; }

    /// <summary>Gets the sub-protocol that the host must select: <see cref="HostSubProtocol"/>.</summary>
    /// <remarks>
    /// A transport whose host selects another or none must fail with <see cref="RenderingConnectionReason.ProtocolVersionMismatch"/>.
    /// </remarks>
    public virtual string SubProtocol => HostSubProtocol;
}
