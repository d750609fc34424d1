namespace RemoteRendering.Sessions;

/// <summary>Provides the data of <see cref="RenderingLeaseRenewal.Changed"/>.</summary>
public class LeaseRenewalEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="kind">The kind of the change.</param>
    /// <param name="lease">The state of the lease at the change.</param>
    /// <param name="exception">The exception of a failed attempt; otherwise <see langword="null"/>.</param>
    public LeaseRenewalEventArgs(LeaseRenewalChangeKind kind, RenderingSessionLease lease, Exception? exception = null)
    {
        Kind = kind;
        Lease = lease;
        Exception = exception;
    }

    /// <summary>Gets the kind of the change.</summary>
    public LeaseRenewalChangeKind Kind { get; }

    /// <summary>Gets the state of the lease at the change.</summary>
    public RenderingSessionLease Lease { get; }

    /// <summary>Gets the exception of a failed attempt; otherwise <see langword="null"/>.</summary>
    public Exception? Exception { get; }
}
