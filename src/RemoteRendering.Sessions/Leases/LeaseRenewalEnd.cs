namespace RemoteRendering.Sessions;

/// <summary>Why a renewal ended.</summary>
public enum LeaseRenewalEnd
{
    /// <summary>It was stopped or disposed by this process; the lease may still run.</summary>
    Stopped = 0,

    /// <summary>The session was stopped, has failed, or is not known to the service any more.</summary>
    SessionEnded = 1,

    /// <summary>The lease ran out, or may have: nothing confirmed it in time.</summary>
    LeaseLost = 2,
}
