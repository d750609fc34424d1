namespace RemoteRendering.Sessions.Leases;

/// <summary>The members of a session that the renewal of its lease needs.</summary>
internal interface IRenewableSession
{
    /// <summary>Occurs after every read of the session, by any caller.</summary>
    event Action<RenderingSessionProperties>? Observed;

    string SessionId { get; }

    RenderingSessionStatus Status { get; }

    RenderingSessionLease Lease { get; }

    /// <summary>
    /// Gets a value indicating whether the session is in use: it is connected, reconnecting, or lost its connection recently.
    /// </summary>
    bool IsInUse { get; }

    /// <summary>Gets a value indicating whether this client itself has stopped the session.</summary>
    bool IsStoppedHere { get; }

    Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken);

    Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken);
}
