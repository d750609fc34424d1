namespace RemoteRendering.Sessions.Leases;

/// <summary>Represents the state on which a renewal bases its next step.</summary>
internal readonly struct RenewalView(RenderingSessionLease lease, bool isInUse, TimeSpan untilRetry)
{
    public RenderingSessionLease Lease { get; } = lease;

    /// <summary>
    /// Gets a value indicating whether the session is in use: it is connected, reconnecting, or lost its connection recently.
    /// </summary>
    public bool IsInUse { get; } = isInUse;

    /// <summary>Gets the time until the next attempt is due after a failed one.</summary>
    public TimeSpan UntilRetry { get; } = untilRetry;
}
