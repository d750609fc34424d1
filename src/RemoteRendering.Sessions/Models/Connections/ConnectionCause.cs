namespace RemoteRendering.Sessions.Models.Connections;

/// <summary>Represents the cause of a trigger.</summary>
internal readonly struct ConnectionCause(
    RenderingConnectionReason reason, Exception? error = null, TimeSpan? retryAfter = null, bool sceneKept = false, TimeSpan? endsIn = null,
    bool isStoppedHere = false)
{
    public RenderingConnectionReason Reason => reason;

    public Exception? Error => error;

    public TimeSpan? RetryAfter => retryAfter;

    public bool SceneKept => sceneKept;

    /// <summary>Gets the remaining time of the link, if the host has announced its end.</summary>
    public TimeSpan? EndsIn => endsIn;

    /// <summary>Returns the cause with an error that has a message, unless the application itself requested the change.</summary>
    /// <param name="told">The reason that is reported to observers.</param>
    public ConnectionCause Explained(RenderingConnectionReason told)
    {
        if (ConnectionReasons.IsRequested(told) || error is RenderingConnectionException
            || (told == RenderingConnectionReason.SessionStopped && isStoppedHere))
        {
            return this;
        }

        string sentence = ConnectionReasons.Sentence(told);
        string message = error is null ? sentence : $"{sentence} {error.Message}";
        return new ConnectionCause(
            reason, new RenderingConnectionException(told, message, retryAfter, error), retryAfter, sceneKept, endsIn, isStoppedHere);
    }

    /// <summary>Gets a value indicating whether this client has sent a stop of the session.</summary>
    public bool IsStoppedHere => isStoppedHere;

    public ConnectionCause WithStopHere() => new(reason, error, retryAfter, sceneKept, endsIn, isStoppedHere: true);
}
