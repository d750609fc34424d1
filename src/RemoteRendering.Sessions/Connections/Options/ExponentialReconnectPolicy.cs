namespace RemoteRendering.Sessions;

/// <summary>
/// Waits for a random time below a limit that doubles ("full jitter"), so that many devices that lost the same host do not all reconnect at
/// the same time.
/// </summary>
public class ExponentialReconnectPolicy : RenderingReconnectPolicy
{
    private readonly Random _random;

    /// <summary>Creates the policy with the default values.</summary>
    public ExponentialReconnectPolicy()
        : this(new Random())
    {
    }

    /// <summary>Creates the policy with a random number generator, for repeatable tests.</summary>
    /// <param name="random">The generator. The policy locks it while it is used.</param>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public ExponentialReconnectPolicy(Random random) => _random = random ?? throw new ArgumentNullException(nameof(random));

    /// <summary>Gets or sets the longest wait before the first attempt after a stable link dropped.</summary>
    /// <value>The default is 250 milliseconds. Must not be negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan FirstDelay
    {
        get;
        set =>
            field = value >= TimeSpan.Zero
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The first delay must not be negative.");
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets the longest wait before the second attempt; it doubles with every further one.</summary>
    /// <value>The default is 0.5 seconds. Must be more than zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan InitialDelay
    {
        get;
        set =>
            field = value > TimeSpan.Zero
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The initial delay must be more than zero.");
    } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the upper limit of all waits.</summary>
    /// <value>The default is 15 seconds. Must be more than zero. A value below <see cref="InitialDelay"/> limits that delay too.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan MaxDelay
    {
        get;
        set =>
            field = value > TimeSpan.Zero
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The longest delay must be more than zero.");
    } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the number of attempts after which the policy stops.</summary>
    /// <value>The default is <see langword="null"/>: no limit. With zero there is no attempt.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? MaxAttempts
    {
        get;
        set =>
            field = value is null or >= 0
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of attempts must not be negative.");
    }

    /// <summary>Gets or sets the time without a link after which the policy stops.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? MaxElapsed
    {
        get;
        set =>
            field = value is null || value >= TimeSpan.Zero
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The time must not be negative.");
    }

    /// <inheritdoc/>
    public override TimeSpan? NextDelay(RenderingReconnectContext context)
    {
        if (context.Attempt >= MaxAttempts)
        {
            return null;
        }

        TimeSpan delay = TimeSpan.FromTicks((long)(Limit(context).Ticks * NextDouble()));
        return delay > MaxElapsed - context.Elapsed ? null : delay;
    }

    /// <summary>
    /// Limits the wait to the length of the outage plus the initial delay: after half a second without the host, no wait is longer than a
    /// second.
    /// </summary>
    private TimeSpan Limit(RenderingReconnectContext context)
    {
        TimeSpan limit = Limit(context.Attempt);
        return context.Away is { } away && away + InitialDelay < limit ? away + InitialDelay : limit;
    }

    private TimeSpan Limit(int attempt)
    {
        if (attempt <= 0)
        {
            return FirstDelay;
        }

        // 2^30 times the delay exceeds every sensible cap without an overflow of the double.
        double ticks = InitialDelay.Ticks * Math.Pow(2, Math.Min(attempt - 1, 30));
        return ticks < MaxDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : MaxDelay;
    }

    private double NextDouble()
    {
        // Random is not thread-safe, and many connections may share a policy.
        lock (_random)
        {
#pragma warning disable CA5394 // Jitter is no secret.
            return _random.NextDouble();
#pragma warning restore CA5394
        }
    }
}
