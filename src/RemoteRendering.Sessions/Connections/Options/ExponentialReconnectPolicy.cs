namespace RemoteRendering.Sessions;

/// <summary>
/// Waits at random below a limit that doubles ("full jitter"), so that many devices that lost one host at once do not come back at once.
/// </summary>
public class ExponentialReconnectPolicy : RenderingReconnectPolicy
{
    private readonly Random _random;

    /// <summary>Creates the policy with the default numbers.</summary>
    public ExponentialReconnectPolicy()
        : this(new Random())
    {
    }

    /// <summary>Creates the policy with a source of randomness, for tests that must be repeatable.</summary>
    /// <param name="random">The source. It is used under a lock of the policy's own.</param>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public ExponentialReconnectPolicy(Random random) => _random = random ?? throw new ArgumentNullException(nameof(random));

    /// <summary>Gets or sets the longest wait before the first attempt after a stable link dropped.</summary>
    /// <value>250 ms by default; zero or more.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan FirstDelay
    {
        get;
        set => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The first delay must not be negative.");
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets the longest wait before the second attempt; it doubles with every further one.</summary>
    /// <value>0.5 s by default; more than zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan InitialDelay
    {
        get;
        set => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The initial delay must be more than zero.");
    } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the longest wait of all.</summary>
    /// <value>15 s by default; more than zero. A value below <see cref="InitialDelay"/> holds for it too.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan MaxDelay
    {
        get;
        set => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The longest delay must be more than zero.");
    } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets after how many attempts to stop.</summary>
    /// <value><see langword="null"/> by default: never. Zero never tries again.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? MaxAttempts
    {
        get;
        set => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of attempts must not be negative.");
    }

    /// <summary>Gets or sets after how much time without a link to stop.</summary>
    /// <value><see langword="null"/> by default: never.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? MaxElapsed
    {
        get;
        set => field = value is null || value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time must not be negative.");
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

    /// <summary>An outage costs at most its own length and the initial delay more, however unlucky the dice: after half a second without the host no wait is longer than a second.</summary>
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

        // 2^30 times any delay is beyond every sensible cap, and far from an overflow of the double.
        double ticks = InitialDelay.Ticks * Math.Pow(2, Math.Min(attempt - 1, 30));
        return ticks < MaxDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : MaxDelay;
    }

    private double NextDouble()
    {
        // Random is not thread-safe, and a policy serves many connections.
        lock (_random)
        {
#pragma warning disable CA5394 // Jitter is no secret.
            return _random.NextDouble();
#pragma warning restore CA5394
        }
    }
}
