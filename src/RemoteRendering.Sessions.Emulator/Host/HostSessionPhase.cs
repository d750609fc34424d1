namespace RemoteRendering.Sessions.Emulator.Host;

/// <summary>What the state of a session means to a host.</summary>
internal enum HostSessionPhase
{
    /// <summary>Not yet usable.</summary>
    Starting,

    /// <summary>Devices may bind.</summary>
    Ready,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>Its lease ran out.</summary>
    Expired,

    /// <summary>The service gave it up.</summary>
    Failed,
}
