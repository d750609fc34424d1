namespace RemoteRendering.Sessions;

/// <summary>A handle, as a renewal of its lease sees it.</summary>
internal sealed class RenewableSession(RenderingSession session) : IRenewableSession
{
    public event Action<RenderingSessionProperties>? Observed
    {
        add => session.PropertiesObserved += value;
        remove => session.PropertiesObserved -= value;
    }

    public string SessionId => session.SessionUuid;

    public RenderingSessionLease Lease => session.Lease;

    public bool IsInUse => session.IsInUseOverride ?? session.IsConnected;

    public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => session.RefreshAsync(cancellationToken);

    public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken)
        => session.RenewAsync(new RenderingSessionUpdateOptions(maxLeaseTime), cancellationToken);
}
