using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Sessions;

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

    public RenderingSessionStatus Status => session.Status;

    public RenderingSessionLease Lease => session.Lease;

    public bool IsInUse => session.IsInUseOverride ?? _use.Look(session.ConnectionStatus, session.ConnectionEnd);

    public bool IsStoppedHere => session.Client.Observer.Stops.Contains(session.SessionUuid);

    // A renewal has its own schedule, and obeys the service by it: a request that the pipeline holds back would be cut by its deadline, and what the service said be lost.
    public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => session.RefreshOnceAsync(cancellationToken);

    public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken)
        => session.RenewOnceAsync(new RenderingSessionUpdateOptions(maxLeaseTime), cancellationToken);
}
