using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Observation;

/// <summary>A handle, as the observer sees it.</summary>
internal interface IObservedSession
{
    string SessionId { get; }

    RenderingSessionProperties Properties { get; }

    /// <summary>Gets how long ago this client created the session; null when another did.</summary>
    TimeSpan? Age { get; }

    /// <summary>Gets how long the lease can last at most; null while that is not known.</summary>
    TimeSpan? LeaseLeft { get; }

    /// <summary>Asks the service once, and takes in the answer.</summary>
    Task<Response<RenderingSessionProperties>> LookAsync(CancellationToken cancellationToken);

    /// <summary>Takes in what a list said.</summary>
    void TakeIn(RenderingSessionProperties heard, Moment sent, Moment received);

    /// <summary>Tells the watchers that a look failed.</summary>
    void Miss(Exception failure, bool isFinal);
}
