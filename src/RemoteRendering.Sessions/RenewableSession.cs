namespace RemoteRendering.Sessions;

/// <summary>A handle, as a renewal of its lease sees it.</summary>
internal sealed class RenewableSession(RenderingSession session) : IRenewableSession
{
    private readonly SessionUse _use = new(session.Client.TimeProvider);

    public event Action<RenderingSessionProperties>? Observed
    {
        add => session.PropertiesObserved += value;
        remove => session.PropertiesObserved -= value;
    }

    public string SessionId => session.SessionUuid;

    public RenderingSessionLease Lease => session.Lease;

    public bool IsInUse => session.IsInUseOverride ?? _use.Look(session.ConnectionStatus, session.ConnectionEnd);

    public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => session.RefreshAsync(cancellationToken);

    public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken)
        => session.RenewAsync(new RenderingSessionUpdateOptions(maxLeaseTime), cancellationToken);
}
