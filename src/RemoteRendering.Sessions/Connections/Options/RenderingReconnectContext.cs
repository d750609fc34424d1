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

    internal RenderingReconnectContext(int attempt, TimeSpan elapsed, RenderingConnectionReason reason, Exception? error, TimeSpan? away)
        : this(attempt, elapsed, reason, error)
        => Away = away;

    /// <summary>
    /// Gets how many attempts there were since the link was last stable (connected for 30 seconds on end), 0 for the first one after a drop. A link that comes and goes
    /// does not start anew at 0.
    /// </summary>
    public int Attempt { get; }

    /// <summary>Gets the time since the link dropped, or since the connect was asked for, on the monotonic clock.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Gets why the last attempt failed, or the link dropped.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>Gets the error of the last attempt, or the one with which the link dropped; <see langword="null"/> when there is none.</summary>
    public Exception? Error { get; }

    /// <summary>Gets how long the link has been away, if it was a good one that did not come and go; otherwise <see langword="null"/>.</summary>
    internal TimeSpan? Away { get; }
}
