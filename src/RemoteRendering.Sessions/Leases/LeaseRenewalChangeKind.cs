namespace RemoteRendering.Sessions;

/// <summary>Specifies the kind of a change of a lease that is being renewed.</summary>
public enum LeaseRenewalChangeKind
{
    /// <summary>The lease was extended.</summary>
    Renewed = 0,

    /// <summary>An attempt failed, and there is time for another one.</summary>
    AttemptFailed = 1,

    /// <summary>
    /// The clocks of this machine diverged, as they do during a sleep. The remaining time is unknown until the session is read.
    /// </summary>
    InDoubt = 2,

    /// <summary>The service confirmed the lease after a doubt.</summary>
    Confirmed = 3,

    /// <summary>The lease has reached its allowed total; its end is still watched.</summary>
    CapReached = 4,

    /// <summary>The lease has or may have run out, or the session has ended. This is the last change.</summary>
    Lost = 5,
}
