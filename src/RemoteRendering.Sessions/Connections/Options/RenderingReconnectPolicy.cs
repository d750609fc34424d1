using RemoteRendering.Sessions.Connections.Options;

namespace RemoteRendering.Sessions;

/// <summary>
/// Defines the wait before the next attempt, and when to stop. It is called only for failures that another attempt can resolve: final
/// refusals, two identical authentication failures, the end of the lease and the end of the grace time end a connection without a call of
/// the policy.
/// </summary>
/// <remarks>
/// Many connections may share one policy: implementations must be thread-safe. It is called on the thread pool. A policy that throws, or
/// does not return within <see cref="RenderingConnectionOptions.AttemptTimeout"/>, ends the connection.
/// </remarks>
public abstract class RenderingReconnectPolicy
{
    /// <summary>
    /// Gets the default policy for reconnects: the first attempt after a random wait of 0 to 250 milliseconds, then full jitter below a
    /// limit that starts at 0.5 seconds and doubles to 15 seconds, without an end.
    /// </summary>
    public static RenderingReconnectPolicy Default { get; } = new ExponentialReconnectPolicy();

    /// <summary>Gets the default policy for the first connect: as <see cref="Default"/>, with four attempts in total.</summary>
    public static RenderingReconnectPolicy DefaultInitial { get; } = new ExponentialReconnectPolicy { MaxAttempts = 3 };

    /// <summary>Gets the policy that makes no further attempt.</summary>
    public static RenderingReconnectPolicy Never { get; } = new NoReconnectPolicy();

    /// <summary>Returns the wait before the next attempt.</summary>
    /// <param name="context">The data for the decision.</param>
    /// <returns>
    /// The wait before the next attempt, zero or more; waits above 24 days are limited to 24 days. <see langword="null"/> to stop. If the
    /// host has named a time to wait, no attempt is made earlier, for any policy.
    /// </returns>
    public abstract TimeSpan? NextDelay(RenderingReconnectContext context);
}
