namespace RemoteRendering.Sessions;

/// <summary>What a trigger knows about its cause.</summary>
internal readonly struct ConnectionCause(RenderingConnectionReason reason, Exception? error = null, TimeSpan? retryAfter = null, bool sceneKept = false)
{
    public RenderingConnectionReason Reason => reason;

    public Exception? Error => error;

    public TimeSpan? RetryAfter => retryAfter;

    public bool SceneKept => sceneKept;
}
