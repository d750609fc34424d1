namespace RemoteRendering.Sessions;

/// <summary>What happened to a lease that is being renewed.</summary>
public enum LeaseRenewalChange
{
    /// <summary>The lease is longer than before.</summary>
    Renewed = 0,

    /// <summary>An attempt failed, and there is time for another.</summary>
    AttemptFailed = 1,

    /// <summary>The clocks of this machine parted, as they do in a sleep: what is left is not known until the service has been asked.</summary>
    InDoubt = 2,

    /// <summary>The service confirmed the lease after a doubt.</summary>
    Confirmed = 3,

    /// <summary>The lease is as long as it was allowed to become; the end is still watched.</summary>
    CapReached = 4,

    /// <summary>The lease is over, or may be, or the session has ended. The last change.</summary>
    Lost = 5,
}
