namespace RemoteRendering.Sessions;

/// <summary>A change of a lease that is being renewed.</summary>
public class LeaseRenewalEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="change">What happened.</param>
    /// <param name="lease">What was known about the lease then.</param>
    /// <param name="exception">What went wrong with an attempt; <see langword="null"/> otherwise.</param>
    public LeaseRenewalEventArgs(LeaseRenewalChange change, RenderingSessionLease lease, Exception? exception = null)
    {
        Change = change;
        Lease = lease;
        Exception = exception;
    }

    /// <summary>Gets what happened.</summary>
    public LeaseRenewalChange Change { get; }

    /// <summary>Gets what was known about the lease then.</summary>
    public RenderingSessionLease Lease { get; }

    /// <summary>Gets what went wrong with an attempt; <see langword="null"/> otherwise.</summary>
    public Exception? Exception { get; }
}
