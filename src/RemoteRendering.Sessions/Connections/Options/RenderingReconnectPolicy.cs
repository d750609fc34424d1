using RemoteRendering.Sessions.Connections.Options;

namespace RemoteRendering.Sessions;

/// <summary>
/// How long to wait before the next attempt, and when to stop. Asked only about failures that another attempt can cure: final refusals, two identical
/// authentication failures, the end of the lease and of the host's grace stop a connection without asking.
/// </summary>
/// <remarks>One policy may serve many connections at once: implementations must be thread-safe. A policy that throws ends the connection.</remarks>
public abstract class RenderingReconnectPolicy
{
    /// <summary>
    /// Gets the policy that reconnects by default: the first attempt after 0 to 250 ms at random, then full jitter below a limit that starts at 0.5 s and doubles to 15 s, without end.
    /// </summary>
    public static RenderingReconnectPolicy Default { get; }
#if SABOTAGE
        = new ExponentialReconnectPolicy { MaxAttempts = Sabotage.Breaks("M22") ? 0 : null };
#else
        = new ExponentialReconnectPolicy();
#endif

    /// <summary>Gets the policy of the first connect by default: as <see cref="Default"/>, four attempts in all.</summary>
    public static RenderingReconnectPolicy DefaultInitial { get; } = new ExponentialReconnectPolicy { MaxAttempts = 3 };

    /// <summary>Gets the policy that never tries again.</summary>
    public static RenderingReconnectPolicy Never { get; } = new NoReconnectPolicy();

    /// <summary>Decides about the next attempt.</summary>
    /// <param name="context">What is known.</param>
    /// <returns>
    /// How long to wait before the next attempt, zero or more, of which at most 24 days are waited; <see langword="null"/> to stop. A host that names a time to come back is never asked earlier, whatever the policy says.
    /// </returns>
    public abstract TimeSpan? NextDelay(RenderingReconnectContext context);
}
