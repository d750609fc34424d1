namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>What can change the state of a session.</summary>
internal enum SessionTrigger
{
    /// <summary>A client created the session.</summary>
    Create,

    /// <summary>The host has booted: boot time has passed since the creation, and nothing went wrong.</summary>
    BootDone,

    /// <summary>The host did not come up: boot time has passed since the creation of a session that was to fail.</summary>
    StartFailed,

    /// <summary>No machine was free when the session was created; known when the boot time has passed.</summary>
    CapacityLost,

    /// <summary>The service lost the host.</summary>
    HostLost,

    /// <summary>The lease, counted from Ready, has passed.</summary>
    LeaseOver,

    /// <summary>A client stopped the session.</summary>
    Stop,

    /// <summary>The session ended longer ago than the service remembers.</summary>
    RetentionOver,
}
