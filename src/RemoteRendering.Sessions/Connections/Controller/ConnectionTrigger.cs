namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Everything that can move a connection.</summary>
internal enum ConnectionTrigger
{
    /// <summary>The application asked for a connection.</summary>
    ConnectRequested,

    /// <summary>The host bound the device to a link.</summary>
    LinkBound,

    /// <summary>A bound link is gone, and coming back makes sense.</summary>
    LinkLost,

    /// <summary>An attempt failed, and another one may succeed.</summary>
    AttemptFailed,

    /// <summary>No further attempt is made: the policy, the host's grace or the lease says so.</summary>
    AttemptsOver,

    /// <summary>An attempt was refused for good.</summary>
    HostRefused,

    /// <summary>The host ended the connection for good.</summary>
    HostLeft,

    /// <summary>The host said that it will end the link, and when.</summary>
    EndAnnounced,

    /// <summary>One end broke the rules of the protocol.</summary>
    ProtocolBroken,

    /// <summary>The application asked for a new link, now.</summary>
    ReconnectRequested,

    /// <summary>The application cancelled the connect.</summary>
    ConnectCancelled,

    /// <summary>The application asked to disconnect.</summary>
    DisconnectRequested,

    /// <summary>The session has ended, as the service or the lease clock says.</summary>
    SessionEnded,
}
