namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Is told when a request leaves, because a request that was cancelled before that has no effect.</summary>
internal interface ISendNote
{
    /// <summary>A try is about to be sent.</summary>
    void Sending();

    /// <summary>The try that was about to be sent has certainly not left.</summary>
    void NotSent();

    /// <summary>The service has refused the request, so that it had no effect.</summary>
    void Refused();
}
