namespace RemoteRendering.Sessions;

/// <summary>What a <see cref="RenderingReconnectPolicy"/> decides by.</summary>
public readonly struct RenderingReconnectContext
{
    /// <summary>Creates a context, for a policy's own tests.</summary>
    /// <param name="attempt">How many attempts there were since the link was last stable.</param>
    /// <param name="elapsed">The time since the link dropped, or since the connect was asked for.</param>
    /// <param name="reason">Why the last attempt failed, or the link dropped.</param>
    /// <param name="error">What lies behind it, or <see langword="null"/>.</param>
    public RenderingReconnectContext(int attempt, TimeSpan elapsed, RenderingConnectionReason reason, Exception? error)
    {
        Attempt = attempt;
        Elapsed = elapsed;
        Reason = reason;
        Error = error;
    }

    /// <summary>
    /// Gets how many attempts there were since the link was last stable (connected for 30 seconds on end), 0 for the first one after a drop. A link that comes and goes
    /// does not start anew at 0.
    /// </summary>
    public int Attempt { get; }

    /// <summary>Gets the time since the link dropped, or since the connect was asked for, on the monotonic clock.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Gets why the last attempt failed, or the link dropped.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>Gets what lies behind the reason, if it was an exception.</summary>
    public Exception? Error { get; }
}
