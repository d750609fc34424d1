using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>Provides the options of a <see cref="RenderingSessionPool"/>. They are read once, when the pool is created.</summary>
public class RenderingSessionPoolOptions
{
    /// <summary>Creates the options with the required settings.</summary>
    /// <param name="readySessions">The number of sessions to keep ready or starting; at least 1.</param>
    /// <param name="maxLeaseTime">The lease of each session. Must be more than zero and at most 24 hours.</param>
    /// <param name="maxTotalLeaseTime">
    /// The cost cap: the lease time that the pool may buy in total over its life. At least <paramref name="maxLeaseTime"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range; the message contains the values.</exception>
    public RenderingSessionPoolOptions(int readySessions, TimeSpan maxLeaseTime, TimeSpan maxTotalLeaseTime)
    {
        if (readySessions < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(readySessions), readySessions, "The number of ready sessions must be at least 1.");
        }

        LeaseMinutes.Validate(maxLeaseTime, nameof(maxLeaseTime));
        if (maxTotalLeaseTime < maxLeaseTime)
        {
            throw new ArgumentOutOfRangeException(nameof(maxTotalLeaseTime), maxTotalLeaseTime,
                $"The cap must be at least the lease of one session, which is {maxLeaseTime}.");
        }

        ReadySessions = readySessions;
        MaxLeaseTime = maxLeaseTime;
        MaxTotalLeaseTime = maxTotalLeaseTime;
    }

    /// <summary>Gets the number of sessions to keep ready or starting.</summary>
    public int ReadySessions { get; }

    /// <summary>Gets the lease of each session.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>
    /// Gets the lease time that the pool may buy in total. A session that never became ready counts as zero, a session that ended early
    /// counts with the lease it used, and a session that cannot be stopped counts with its whole lease.
    /// </summary>
    /// <remarks>
    /// The used lease of a session that failed, or that another client stopped, is its <see cref="RenderingSessionProperties.ElapsedTime"/>
    /// plus one minute for the rounding. If that is unknown, it is the time since the pool requested the session. A start that takes longer
    /// than <see cref="StartTimeout"/> counts as one that never became ready; between the last read and its stop the session may have been
    /// ready for some seconds, which are not counted.
    /// </remarks>
    public TimeSpan MaxTotalLeaseTime { get; }

    /// <summary>Gets the sizes in order of preference. A size is used when there is no capacity for the sizes before it.</summary>
    /// <value>The default is <see cref="RenderingSessionVmSize.Standard"/> only.</value>
    public IList<RenderingSessionVmSize> Sizes { get; } = new List<RenderingSessionVmSize> { RenderingSessionVmSize.Standard };

    /// <summary>
    /// Gets or sets the remaining lease that a session must have to be handed out. A session with less is stopped and replaced.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: half of <see cref="MaxLeaseTime"/>. Must be less than <see cref="MaxLeaseTime"/>.
    /// </value>
    public TimeSpan? MinRemaining { get; set; }

    /// <summary>Gets or sets the largest number of sessions that are started at the same time.</summary>
    /// <value>The default is 4. At least 1.</value>
    public int MaxParallelStarts { get; set; } = 4;

    /// <summary>
    /// Gets or sets the time in which a session must become ready. After it, the session is stopped and another one is started.
    /// </summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(10);

    internal RenderingSessionPoolOptions Checked(string parameter)
    {
        TimeSpan minRemaining = MinRemaining ?? TimeSpan.FromTicks(MaxLeaseTime.Ticks / 2);
        if (minRemaining < TimeSpan.Zero || minRemaining >= MaxLeaseTime)
        {
            throw new ArgumentException(
                $"{nameof(MinRemaining)} is {minRemaining}; it must be less than {nameof(MaxLeaseTime)}, {MaxLeaseTime}.", parameter);
        }

        if (Sizes.Count == 0 || MaxParallelStarts < 1 || StartTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"{nameof(Sizes)} must not be empty ({Sizes.Count} given), {nameof(MaxParallelStarts)} must be at least 1 "
                    + $"({MaxParallelStarts}) and {nameof(StartTimeout)} more than zero ({StartTimeout}).", parameter);
        }

        var copy = new RenderingSessionPoolOptions(ReadySessions, MaxLeaseTime, MaxTotalLeaseTime)
        {
            MinRemaining = minRemaining,
            MaxParallelStarts = MaxParallelStarts,
            StartTimeout = StartTimeout,
        };
        copy.Sizes.Clear();
        foreach (RenderingSessionVmSize size in Sizes)
        {
            copy.Sizes.Add(size);
        }

        return copy;
    }
}
