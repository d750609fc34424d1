namespace RemoteRendering.Sessions;

/// <summary>
/// Carries the messages of the host protocol: makes links to hosts. The default is <see cref="WebSocketRenderingTransport"/>; another one is chosen with
/// <c>RemoteRenderingClientOptions.ConnectionTransport</c>.
/// </summary>
/// <remarks>
/// A transport knows messages and nothing about their meaning: who may bind, keep-alive, dead hosts, back-off and resume are the connection's business. It must not
/// reconnect, retry or send by itself. One transport serves many connections at once and must be thread-safe.
/// </remarks>
public abstract class RenderingTransport
{
    /// <summary>Makes one link to a host.</summary>
    /// <param name="context">Where to, and with what.</param>
    /// <param name="cancellationToken">Cancels the attempt. The connection does not wait for an attempt that it has cancelled; a link that comes all the same is aborted.</param>
    /// <returns>The link, ready to send and receive.</returns>
    /// <exception cref="RenderingConnectionException">
    /// The link could not be made, and why. Every reason is taken as one that another attempt may cure except <see cref="RenderingConnectionReason.CertificateRejected"/>,
    /// <see cref="RenderingConnectionReason.ProtocolVersionMismatch"/> and <see cref="RenderingConnectionReason.InvalidParameter"/>;
    /// <see cref="RenderingConnectionReason.AuthenticationFailed"/> is tried once more with a fresh token. Any other exception counts as <see cref="RenderingConnectionReason.HandshakeFailed"/>.
    /// </exception>
    public abstract Task<RenderingTransportLink> ConnectAsync(RenderingTransportContext context, CancellationToken cancellationToken = default);
}
