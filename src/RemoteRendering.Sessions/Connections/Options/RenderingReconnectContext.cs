namespace RemoteRendering.Sessions;

/// <summary>Provides the data for a decision of a <see cref="RenderingReconnectPolicy"/>.</summary>
public readonly struct RenderingReconnectContext
{
    /// <summary>Creates a context, for tests of a policy.</summary>
    /// <param name="attempt">The number of attempts since the link was last stable.</param>
    /// <param name="elapsed">The time since the link dropped, or since the connect was requested.</param>
    /// <param name="reason">The reason the last attempt failed, or the link dropped.</param>
    /// <param name="error">The error behind the reason, or <see langword="null"/>.</param>
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
    /// Gets the number of attempts since the link was last stable (connected for 30 seconds without interruption); 0 for the first attempt
    /// after a drop. For an unstable link the count does not restart at 0.
    /// </summary>
    public int Attempt { get; }

    /// <summary>Gets the time since the link dropped, or since the connect was requested, on the monotonic clock.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Gets the reason the last attempt failed, or the link dropped.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>
    /// Gets the error of the last attempt, or the one with which the link dropped; <see langword="null"/> when there is none.
    /// </summary>
    public Exception? Error { get; }

    /// <summary>Gets the duration of the outage if the link was stable before it; otherwise <see langword="null"/>.</summary>
    internal TimeSpan? Away { get; }
}
