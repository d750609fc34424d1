namespace RemoteRendering.Sessions;

/// <summary>What a trigger knows about its cause.</summary>
internal readonly struct ConnectionCause(RenderingConnectionReason reason, Exception? error = null, TimeSpan? retryAfter = null, bool sceneKept = false, TimeSpan? endsIn = null, bool isStoppedHere = false)
{
    public RenderingConnectionReason Reason => reason;

    public Exception? Error => error;

    public TimeSpan? RetryAfter => retryAfter;

    public bool SceneKept => sceneKept;

    /// <summary>Gets how long the link still works, where the host has said that it will end it.</summary>
    public TimeSpan? EndsIn => endsIn;

    /// <summary>Gets a value indicating whether this client has sent a stop of the session.</summary>
    public bool IsStoppedHere => isStoppedHere;

    public ConnectionCause WithStopHere() => new(reason, error, retryAfter, sceneKept, endsIn, isStoppedHere: true);
}
