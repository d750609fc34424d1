namespace RemoteRendering.Sessions;

/// <summary>Specifies the status of the connection of a session. Values up to 2 are those of the ARR runtime.</summary>
public enum ConnectionStatus
{
    /// <summary>
    /// There is no connection: none was requested yet, or the last one has ended. A call of <c>ConnectAsync</c> ends this status.
    /// </summary>
    Disconnected = 0,

    /// <summary>
    /// The first link is being established. It is followed by <see cref="Connected"/>, or by <see cref="Disconnected"/> when the attempts
    /// are over or cancelled.
    /// </summary>
    Connecting = 1,

    /// <summary>
    /// The host has accepted this device and responds. It is followed by <see cref="Reconnecting"/> when the link drops, or by
    /// <see cref="Disconnected"/>.
    /// </summary>
    Connected = 2,

    /// <summary>
    /// The link dropped and is being re-established; requests wait. It is followed by <see cref="Connected"/>, or by
    /// <see cref="Disconnected"/> when further attempts cannot succeed.
    /// </summary>
    Reconnecting = 3,
}
