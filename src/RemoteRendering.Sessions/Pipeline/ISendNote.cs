namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Receives a notification when a request is sent, because a request that is cancelled before has no effect.</summary>
internal interface ISendNote
{
    /// <summary>A try is about to be sent.</summary>
    void Sending();

    /// <summary>The try that was about to be sent was certainly not sent.</summary>
    void NotSent();

    /// <summary>The service has refused the request, so that it had no effect.</summary>
    void Refused();
}
