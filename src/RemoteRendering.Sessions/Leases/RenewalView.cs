namespace RemoteRendering.Sessions.Leases;

/// <summary>What a renewal decides on.</summary>
internal readonly struct RenewalView(RenderingSessionLease lease, bool isInUse, TimeSpan untilRetry)
{
    public RenderingSessionLease Lease { get; } = lease;

    /// <summary>Gets a value indicating whether somebody uses the session: there is a connection, up or being repaired, or one was lost just now.</summary>
    public bool IsInUse { get; } = isInUse;

    /// <summary>Gets how long it is until the next attempt is due after a failed one.</summary>
    public TimeSpan UntilRetry { get; } = untilRetry;
}
