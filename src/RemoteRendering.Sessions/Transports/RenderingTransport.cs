namespace RemoteRendering.Sessions;

/// <summary>
/// Creates links to hosts, which carry the messages of the host protocol. The default is <see cref="WebSocketRenderingTransport"/>; set
/// another one with <c>RemoteRenderingClientOptions.ConnectionTransport</c>.
/// </summary>
/// <remarks>
/// A transport transfers messages without interpreting them: binding, keep-alive, detection of dead hosts, back-off and resume are done by
/// the connection. It must not reconnect, retry or send by itself. Many connections share one transport, which must be thread-safe. A
/// transport that blocks does not prevent the end of a connection or the stop of a session: calls that do not return in time are given up.
/// </remarks>
public abstract class RenderingTransport
{
    /// <summary>Establishes one link to a host.</summary>
    /// <param name="context">The address, the token and the limits.</param>
    /// <param name="cancellationToken">
    /// Cancels the attempt. The connection does not wait for an attempt that it has cancelled, also if the call has not returned its task,
    /// and aborts a link that is returned nevertheless.
    /// </param>
    /// <returns>The link, ready to send and receive.</returns>
    /// <exception cref="RenderingConnectionException">
    /// The link could not be established. Every reason counts as transient except
    /// <see cref="RenderingConnectionReason.CertificateRejected"/>,
    /// <see cref="RenderingConnectionReason.ProtocolVersionMismatch"/> and <see cref="RenderingConnectionReason.InvalidParameter"/>;
    /// <see cref="RenderingConnectionReason.AuthenticationFailed"/> is retried one time with a new token. Any other exception counts as
    /// <see cref="RenderingConnectionReason.HandshakeFailed"/>.
    /// </exception>
    public abstract Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default);
}
