namespace RemoteRendering.Sessions.Leases;

/// <summary>What a renewal needs of the session whose lease it keeps.</summary>
internal interface IRenewableSession
{
    /// <summary>Raised after every reading of the session, whoever made it.</summary>
    event Action<RenderingSessionProperties>? Observed;

    string SessionId { get; }

    RenderingSessionStatus Status { get; }

    RenderingSessionLease Lease { get; }

    /// <summary>Gets a value indicating whether somebody uses the session: there is a connection, up or being repaired, or one was lost just now.</summary>
    bool IsInUse { get; }

    /// <summary>Gets a value indicating whether this client itself has stopped the session.</summary>
    bool IsStoppedHere { get; }

    Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken);

    Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken);
}
