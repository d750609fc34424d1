using System.Buffers;

namespace RemoteRendering.Sessions;

/// <summary>One link to a host, made by a <see cref="RenderingTransport"/>: whole messages in order, both ways, until either end closes or the wire drops.</summary>
/// <remarks>
/// The connection calls <see cref="SendAsync"/> one at a time and <see cref="ReceiveAsync"/> one at a time, the two beside each other, and <see cref="Abort"/> at any moment from any
/// thread. It calls <see cref="Abort"/> at the end of every link's life, also after an orderly close.
/// </remarks>
public abstract class RenderingTransportLink
{
    /// <summary>Gets the code with which the other end closed: set before <see cref="ReceiveAsync"/> reports <see cref="RenderingMessageKind.Close"/>; <see langword="null"/> without one.</summary>
    public virtual int? CloseCode => null;

    /// <summary>Gets what the other end said when it closed, for people; <see langword="null"/> when it said nothing.</summary>
    public virtual string? CloseReason => null;

    /// <summary>Sends a message. Completes when the message may be overwritten, which says nothing about its arrival.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="kind"><see cref="RenderingMessageKind.Text"/> or <see cref="RenderingMessageKind.Binary"/>.</param>
    /// <param name="cancellationToken">Gives up. The link need not be usable afterwards.</param>
    /// <returns>A task for the operation. Any exception means that the link is lost.</returns>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default);

    /// <summary>Receives the next message.</summary>
    /// <param name="buffer">Takes the message. Each <see cref="IBufferWriter{T}.Advance"/> of more than zero counts as a sign of life of the other end: hand over the parts of a large message as they come.</param>
    /// <param name="cancellationToken">Gives up. The link need not be usable afterwards.</param>
    /// <returns>The kind of the message.</returns>
    /// <exception cref="RenderingConnectionException">
    /// <see cref="RenderingConnectionReason.MessageTooLarge"/> and <see cref="RenderingConnectionReason.ProtocolError"/> end the connection; every other reason, and every
    /// other exception, means that the link is lost and may be made anew.
    /// </exception>
    public abstract ValueTask<RenderingMessageKind> ReceiveAsync(IBufferWriter<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>Closes the sending side in order. Does not wait for the other end.</summary>
    /// <param name="code">The close code, as in RFC 6455.</param>
    /// <param name="reason">A sentence for people, at most 120 bytes of UTF-8, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task for the operation.</returns>
    public abstract ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Cuts the link at once and frees everything it holds; sends and receives in flight fail soon after. May be called more than once, must not block and must not throw.
    /// </summary>
    public abstract void Abort();
}
