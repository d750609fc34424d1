namespace RemoteRendering.Sessions.Host;

/// <summary>Specifies what the state of a session means to a host.</summary>
public enum HostSessionPhase
{
    /// <summary>The session is not usable yet. A device that binds is told to come back.</summary>
    Starting,

    /// <summary>Devices may bind.</summary>
    Ready,

    /// <summary>The session was stopped.</summary>
    Stopped,

    /// <summary>The lease of the session ran out.</summary>
    Expired,

    /// <summary>The service gave the session up.</summary>
    Failed,
}
