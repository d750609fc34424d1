namespace RemoteRendering.Sessions.Models.Connections;

/// <summary>What a trigger knows about its cause.</summary>
internal readonly struct ConnectionCause(RenderingConnectionReason reason, Exception? error = null, TimeSpan? retryAfter = null, bool sceneKept = false, TimeSpan? endsIn = null, bool isStoppedHere = false)
{
    public RenderingConnectionReason Reason => reason;

    public Exception? Error => error;

    public TimeSpan? RetryAfter => retryAfter;

    public bool SceneKept => sceneKept;

    /// <summary>Gets how long the link still works, where the host has said that it will end it.</summary>
    public TimeSpan? EndsIn => endsIn;

    /// <summary>The cause with an error that has a sentence, unless the application itself asked for what happened.</summary>
    /// <param name="told">The reason that observers are told.</param>
    public ConnectionCause Explained(RenderingConnectionReason told)
    {
        if (ConnectionReasons.IsRequested(told) || error is RenderingConnectionException || (told == RenderingConnectionReason.SessionStopped && isStoppedHere))
        {
            return this;
        }

        string sentence = ConnectionReasons.Sentence(told);
        string message = error is null ? sentence : $"{sentence} {error.Message}";
        return new ConnectionCause(reason, new RenderingConnectionException(told, message, retryAfter, error), retryAfter, sceneKept, endsIn, isStoppedHere);
    }

    /// <summary>Gets a value indicating whether this client has sent a stop of the session.</summary>
    public bool IsStoppedHere => isStoppedHere;

    public ConnectionCause WithStopHere() => new(reason, error, retryAfter, sceneKept, endsIn, isStoppedHere: true);
}
