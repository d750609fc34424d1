namespace RemoteRendering.Sessions;

/// <summary>What a trigger knows about its cause.</summary>
internal readonly struct ConnectionCause(RenderingConnectionReason reason, Exception? error = null, TimeSpan? retryAfter = null, bool sceneKept = false, TimeSpan? endsIn = null)
{
    public RenderingConnectionReason Reason => reason;

    public Exception? Error => error;

    public TimeSpan? RetryAfter => retryAfter;

    public bool SceneKept => sceneKept;

    /// <summary>Gets how long the link still works, where the host has said that it will end it.</summary>
    public TimeSpan? EndsIn => endsIn;
}
