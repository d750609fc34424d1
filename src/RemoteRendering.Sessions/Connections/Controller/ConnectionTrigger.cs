namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Specifies the triggers of a connection.</summary>
internal enum ConnectionTrigger
{
    /// <summary>The application requested a connection.</summary>
    ConnectRequested,

    /// <summary>The host bound the device to a link.</summary>
    LinkBound,

    /// <summary>A bound link was lost, and a reconnect may succeed.</summary>
    LinkLost,

    /// <summary>An attempt failed, and another one may succeed.</summary>
    AttemptFailed,

    /// <summary>No further attempt is made, because of the policy, the grace time of the host or the lease.</summary>
    AttemptsOver,

    /// <summary>The host refused an attempt permanently.</summary>
    HostRefused,

    /// <summary>The host ended the connection permanently.</summary>
    HostLeft,

    /// <summary>The host announced the end of the link.</summary>
    EndAnnounced,

    /// <summary>One side violated the protocol.</summary>
    ProtocolBroken,

    /// <summary>The application requested a new link.</summary>
    ReconnectRequested,

    /// <summary>The application cancelled the connect.</summary>
    ConnectCancelled,

    /// <summary>The application requested the disconnect.</summary>
    DisconnectRequested,

    /// <summary>The session has ended, according to the service or the lease clock.</summary>
    SessionEnded,
}
