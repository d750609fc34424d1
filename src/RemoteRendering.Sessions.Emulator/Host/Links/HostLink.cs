namespace RemoteRendering.Sessions.Emulator.Host.Links;

/// <summary>
/// The host's end of one link, whatever carries it. One receive and one send may run at the same time, never two of a kind.
/// </summary>
internal abstract class HostLink : IDisposable
{
    /// <summary>Gets or sets what is told that a part of a message has arrived that is not its last. Called by the one who receives.</summary>
    public Action? PartReceived { get; set; }

    /// <summary>Receives the next message. Never throws for a broken link: that is a message of kind <see cref="HostMessageKind.Lost"/>.</summary>
    /// <param name="maxBytes">The largest message to take.</param>
    /// <param name="cancellationToken">Ends the wait as if the link had been lost.</param>
    public abstract ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken);

    /// <summary>Sends a whole message; false when the link is gone.</summary>
    /// <param name="message">The content; the caller's again when the task has completed.</param>
    /// <param name="kind">Text or binary.</param>
    public abstract ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind);

    /// <summary>Sends the beginning of a message that will never be finished, where the carrier can do that.</summary>
    public abstract ValueTask<bool> SendUnfinishedAsync(ReadOnlyMemory<byte> beginning);

    /// <summary>Sends a close without waiting for the peer's; false when the link is gone.</summary>
    public abstract ValueTask<bool> CloseAsync(int code, string reason);

    /// <summary>Breaks the link at once; a pending receive ends with <see cref="HostMessageKind.Lost"/>. Callable at any time from any thread.</summary>
    public abstract void Abort();

    /// <inheritdoc/>
    public abstract void Dispose();
}
