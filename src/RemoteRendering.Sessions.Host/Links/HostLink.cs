namespace RemoteRendering.Sessions.Host;

/// <summary>
/// The host's end of one link: an ordered, reliable transport of whole messages. Derive from it to carry the host protocol over a transport
/// other than WebSockets (<see cref="WebSocketHostLink"/>), or to decorate another link.
/// </summary>
/// <remarks>One receive and one send may run at the same time, never two of a kind.</remarks>
public abstract class HostLink : IDisposable
{
    /// <summary>
    /// Gets or sets what to call when a part of a message has arrived that is not its last; <see langword="null"/> for nothing. The host
    /// sets it, and counts a part as a sign of life.
    /// </summary>
    public virtual Action? PartReceived { get; set; }

    /// <summary>
    /// Receives the next message. A broken link is not an exception: it is a message of kind <see cref="HostMessageKind.Lost"/>.
    /// </summary>
    /// <param name="maxBytes">
    /// The largest message to take, in bytes. A larger one is a message of kind <see cref="HostMessageKind.TooLarge"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the wait as if the link had been lost.</param>
    /// <returns>The message. Its payload is valid until the next receive.</returns>
    public abstract ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken);

    /// <summary>Sends a whole message.</summary>
    /// <param name="message">The content. It belongs to the caller again when the task has completed.</param>
    /// <param name="kind"><see cref="HostMessageKind.Text"/> or <see cref="HostMessageKind.Binary"/>.</param>
    /// <returns><see langword="false"/> when the link is gone.</returns>
    public abstract ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind);

    /// <summary>Sends a close, without waiting for that of the peer.</summary>
    /// <param name="code">The close code, 1000 to 4999; never 1005, 1006 or 1015.</param>
    /// <param name="reason">The reason, for the logs of the peer.</param>
    /// <returns><see langword="false"/> when the link is gone.</returns>
    public abstract ValueTask<bool> CloseAsync(int code, string reason);

    /// <summary>
    /// Breaks the link; a pending receive ends with <see cref="HostMessageKind.Lost"/>. May be called at any time from any thread.
    /// </summary>
    public abstract void Abort();

    /// <summary>
    /// Releases the resources of the link, which the host does when nothing uses it any more. May be called more than once.
    /// </summary>
    public abstract void Dispose();
}
