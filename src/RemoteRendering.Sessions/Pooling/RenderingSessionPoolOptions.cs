using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>What a pool keeps ready, and what it may cost. Read once, when the pool is made.</summary>
public class RenderingSessionPoolOptions
{
    /// <summary>Creates the options with what has no default.</summary>
    /// <param name="readySessions">How many sessions to keep ready or starting; at least 1.</param>
    /// <param name="maxLeaseTime">The lease of each session. More than zero and at most 24 hours.</param>
    /// <param name="maxTotalLeaseTime">The cap of the cost: how much lease the pool may buy in all, over its whole life. At least <paramref name="maxLeaseTime"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range; the message prints the numbers.</exception>
    public RenderingSessionPoolOptions(int readySessions, TimeSpan maxLeaseTime, TimeSpan maxTotalLeaseTime)
    {
        if (readySessions < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(readySessions), readySessions, "A pool keeps at least one session.");
        }

        LeaseMinutes.Validate(maxLeaseTime, nameof(maxLeaseTime));
        if (maxTotalLeaseTime < maxLeaseTime)
        {
            throw new ArgumentOutOfRangeException(nameof(maxTotalLeaseTime), maxTotalLeaseTime, $"The cap must allow one session at least, which takes {maxLeaseTime}.");
        }

        ReadySessions = readySessions;
        MaxLeaseTime = maxLeaseTime;
        MaxTotalLeaseTime = maxTotalLeaseTime;
    }

    /// <summary>Gets how many sessions to keep ready or starting.</summary>
    public int ReadySessions { get; }

    /// <summary>Gets the lease of each session.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>Gets how much lease the pool may buy in all. A session that never became ready costs nothing; one that ended early costs what it used, and one that cannot be stopped its whole lease.</summary>
    /// <remarks>
    /// What a session that failed, or that somebody else stopped, has used is taken from <see cref="RenderingSessionProperties.ElapsedTime"/>, with a minute more for the rounding; where that is not known, it is the time since
    /// the pool asked for the session. A start that takes longer than <see cref="StartTimeout"/> counts as one that never became ready; between the last look and its stop it may have been ready for some seconds, which are not counted.
    /// </remarks>
    public TimeSpan MaxTotalLeaseTime { get; }

    /// <summary>Gets the sizes, the preferred one first; the others are used when the ones before have no capacity.</summary>
    /// <value>Standard alone by default.</value>
    public IList<RenderingSessionVmSize> Sizes { get; } = new List<RenderingSessionVmSize> { RenderingSessionVmSize.Standard };

    /// <summary>Gets or sets how much lease a session must have left to be handed out; with less it is stopped and replaced.</summary>
    /// <value><see langword="null"/> by default: half of <see cref="MaxLeaseTime"/>. Less than that.</value>
    public TimeSpan? MinRemaining { get; set; }

    /// <summary>Gets or sets how many sessions are started at the same time.</summary>
    /// <value>4 by default; at least 1.</value>
    public int MaxParallelStarts { get; set; } = 4;

    /// <summary>Gets or sets how long a session may take to become ready before it is stopped and another is tried.</summary>
    /// <value>10 minutes by default.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(10);

    internal RenderingSessionPoolOptions Checked(string parameter)
    {
        TimeSpan minRemaining = MinRemaining ?? TimeSpan.FromTicks(MaxLeaseTime.Ticks / 2);
        if (minRemaining < TimeSpan.Zero || minRemaining >= MaxLeaseTime)
        {
            throw new ArgumentException($"{nameof(MinRemaining)} is {minRemaining}; it must be less than {nameof(MaxLeaseTime)}, {MaxLeaseTime}.", parameter);
        }

        if (Sizes.Count == 0 || MaxParallelStarts < 1 || StartTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"A pool needs a size ({Sizes.Count} given), {nameof(MaxParallelStarts)} of at least 1 ({MaxParallelStarts}) and {nameof(StartTimeout)} of more than zero ({StartTimeout}).", parameter);
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
