using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;

namespace RemoteRendering.Sessions;

/// <summary>Adapts a session handle to the observer.</summary>
internal sealed class ObservedSession(RenderingSession session) : IObservedSession
{
    public string SessionId => session.SessionUuid;

    public RenderingSessionProperties Properties => session.Properties;

    public TimeSpan? Age => session.Age;

    public TimeSpan? LeaseLeft => session.Lease.RemainingAtMost;

    public Task<Response<RenderingSessionProperties>> LookAsync(CancellationToken cancellationToken)
        => session.LookOnceAsync(cancellationToken);

    public void Apply(RenderingSessionProperties heard, Moment sent, Moment received) => session.Observe(heard, sent, received);

    public void ReportFailure(Exception failure, bool isFinal) => session.ReportFailure(failure, isFinal);
}
