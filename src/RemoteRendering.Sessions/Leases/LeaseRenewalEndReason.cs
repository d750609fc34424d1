namespace RemoteRendering.Sessions;

/// <summary>Specifies the reason a renewal ended.</summary>
public enum LeaseRenewalEndReason
{
    /// <summary>This process stopped or disposed the renewal; the lease may still run.</summary>
    Stopped = 0,

    /// <summary>The session was stopped, has failed, or is no longer found by the service.</summary>
    SessionEnded = 1,

    /// <summary>The lease has or may have run out: no answer confirmed it in time.</summary>
    LeaseLost = 2,
}
