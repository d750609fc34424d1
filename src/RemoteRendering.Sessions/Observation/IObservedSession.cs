using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Observation;

/// <summary>The members of a session handle that the observer needs.</summary>
internal interface IObservedSession
{
    string SessionId { get; }

    RenderingSessionProperties Properties { get; }

    /// <summary>Gets the time since this client created the session; null when another client created it.</summary>
    TimeSpan? Age { get; }

    /// <summary>Gets the most remaining time of the lease; null while it is unknown.</summary>
    TimeSpan? LeaseLeft { get; }

    /// <summary>Reads the session once, and applies the answer.</summary>
    Task<Response<RenderingSessionProperties>> LookAsync(CancellationToken cancellationToken);

    /// <summary>Applies an entry of a list.</summary>
    void Apply(RenderingSessionProperties heard, Moment sent, Moment received);

    /// <summary>Reports a failed read to the watches.</summary>
    void ReportFailure(Exception failure, bool isFinal);
}
