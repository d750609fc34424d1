using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <summary>Adapts a session handle to the renewal of its lease.</summary>
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

    // A renewal obeys Retry-After by its own schedule. A retry in the pipeline would run into the deadline of the attempt, and the answer
    // would be lost.
    public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken)
        => session.RefreshOnceAsync(cancellationToken);

    public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken)
        => session.RenewOnceAsync(new RenderingSessionUpdateOptions(maxLeaseTime), cancellationToken);
}
