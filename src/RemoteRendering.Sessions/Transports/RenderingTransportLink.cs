using System.Buffers;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents one link to a host, established by a <see cref="RenderingTransport"/>. It transfers whole messages in order, in both
/// directions, until either side closes it or it drops.
/// </summary>
/// <remarks>
/// The connection makes one call of <see cref="SendAsync"/> and one call of <see cref="ReceiveAsync"/> at a time, but both concurrently,
/// and calls <see cref="Abort"/> at any moment from any thread. It calls <see cref="Abort"/> at the end of every link, also after an
/// orderly close. Calls that come from the connection itself run on the thread pool; a request of the application is sent on the thread of
/// the application, or on that of another request.
/// </remarks>
public abstract class RenderingTransportLink
{
    /// <summary>
    /// Gets the code with which the other side closed the link, set before <see cref="ReceiveAsync"/> returns
    /// <see cref="RenderingMessageKind.Close"/>, or <see langword="null"/>.
    /// </summary>
    public virtual int? CloseCode => null;

    /// <summary>Gets the message with which the other side closed the link, or <see langword="null"/>.</summary>
    public virtual string? CloseReason => null;

    /// <summary>Sends a message. Completes when the buffer may be overwritten, which does not mean that the message has arrived.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="kind"><see cref="RenderingMessageKind.Text"/> or <see cref="RenderingMessageKind.Binary"/>.</param>
    /// <param name="cancellationToken">Cancels the send. The link need not be usable afterwards.</param>
    /// <returns>A task for the operation. Any exception means that the link is lost.</returns>
    public abstract ValueTask SendAsync(
        ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default);

    /// <summary>Receives the next message.</summary>
    /// <param name="buffer">
    /// Receives the message. Each <see cref="IBufferWriter{T}.Advance"/> of more than zero counts as a sign of life of the host: write the
    /// parts of a large message as they arrive.
    /// </param>
    /// <param name="cancellationToken">Cancels the receive. The link need not be usable afterwards.</param>
    /// <returns>The kind of the message.</returns>
    /// <exception cref="RenderingConnectionException">
    /// <see cref="RenderingConnectionReason.MessageTooLarge"/> and <see cref="RenderingConnectionReason.ProtocolError"/> end the
    /// connection; every other reason, and every other exception, means that the link is lost and may be re-established.
    /// </exception>
    public abstract ValueTask<RenderingMessageKind> ReceiveAsync(IBufferWriter<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>Closes the sending side. Does not wait for the other side.</summary>
    /// <param name="code">The close code, as in RFC 6455.</param>
    /// <param name="reason">A message, at most 120 bytes of UTF-8, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the close.</param>
    /// <returns>A task for the operation.</returns>
    public abstract ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Closes the link immediately and releases its resources; pending sends and receives fail soon after. May be called several times,
    /// must not block and must not throw.
    /// </summary>
    public abstract void Abort();
}
