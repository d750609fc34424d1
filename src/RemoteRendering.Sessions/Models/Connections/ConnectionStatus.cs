namespace RemoteRendering.Sessions;

/// <summary>Where the connection of a session is in its life. Numbers up to 2 are those of the ARR runtime.</summary>
public enum ConnectionStatus
{
    /// <summary>There is no connection: none was asked for yet, or the last one has ended for good. Ends with a call of <c>ConnectAsync</c>.</summary>
    Disconnected = 0,

    /// <summary>The first link is being made. Ends in <see cref="Connected"/>, or in <see cref="Disconnected"/> when the attempts are over or cancelled.</summary>
    Connecting = 1,

    /// <summary>The host has accepted this device and answers. Ends in <see cref="Reconnecting"/> when the link drops, or in <see cref="Disconnected"/>.</summary>
    Connected = 2,

    /// <summary>
    /// The link dropped and is being made anew; requests wait. Ends in <see cref="Connected"/>, or in <see cref="Disconnected"/> when coming back makes no sense any more.
    /// </summary>
    Reconnecting = 3,
}
