namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Defines when leases are renewed: a pure function, the same for sessions that were created and sessions that were opened.
/// </summary>
internal sealed class RenewalSchedule(LeaseRenewalOptions options)
{
    /// <summary>The interval at which clocks and state are checked when nothing else is due: 5 seconds.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestAttempt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortOutage = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    public RenewalStep Next(in RenewalView view)
    {
        RenderingSessionLease lease = view.Lease;
        bool wanted = view.IsInUse || options.RenewWhileDisconnected == true;
        if (lease.IsInDoubt)
        {
            return WhenDue(view, new RenewalStep(RenewalAction.Confirm, options.AttemptTimeout));
        }

        if (lease.MaxLeaseTime is not { } granted || lease.RemainingAtLeast is not { } left)
        {
            // The session may have become ready since the last answer.
            return wanted
                ? WhenDue(view, new RenewalStep(RenewalAction.Confirm, options.AttemptTimeout))
                : new RenewalStep(RenewalAction.Wait, Heartbeat);
        }

        if (granted >= Cap)
        {
            return new RenewalStep(RenewalAction.Wait, Heartbeat, isAtCap: true, isEnding: left <= options.Threshold);
        }

        if (!wanted)
        {
            return new RenewalStep(RenewalAction.Wait, Heartbeat, isEnding: left <= options.Threshold);
        }

        if (left > options.Threshold)
        {
            return new RenewalStep(RenewalAction.Wait, Shorter(left - options.Threshold, Heartbeat));
        }

        TimeSpan target = granted + options.Step;
        return WhenDue(view, new RenewalStep(RenewalAction.Renew, AttemptTimeout(left), target < Cap ? target : Cap));
    }

    /// <summary>Returns the time until the lease must be given up if nothing changes; null while it is unknown.</summary>
    public TimeSpan? UntilLost(RenderingSessionLease lease)
        => lease.IsUnmeasured || lease.RemainingAtLeast is not { } left
            ? null
            : (left > options.SafetyMargin ? left - options.SafetyMargin : TimeSpan.Zero);

    /// <summary>Returns whether the lease may still be alive and may still be extended.</summary>
    public bool CanStillBeSaved(RenderingSessionLease lease) => lease.RemainingAtMost > TimeSpan.Zero && lease.MaxLeaseTime < Cap;

    /// <summary>Gets the longest duration of a doubt: two attempts, and longer than a short outage.</summary>
    public TimeSpan LongestDoubt
    {
        get
        {
            TimeSpan attempts = options.AttemptTimeout + options.AttemptTimeout + options.RetryDelay
                + TimeSpan.FromTicks(options.RetryDelay.Ticks / 5);
            return attempts > ShortOutage ? attempts : ShortOutage;
        }
    }

    /// <summary>Returns the pause after a failed attempt.</summary>
    /// <param name="failures">The number of consecutive failures; at least 1.</param>
    /// <param name="retryAfter">The Retry-After of the service, or null.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan RetryDelay(int failures, TimeSpan? retryAfter, double random)
    {
        double doubled = options.RetryDelay.Ticks * Math.Pow(2, Math.Min(failures - 1, 16));
        double delay = Math.Min(doubled, Math.Max(LongestRetryDelay.Ticks, options.RetryDelay.Ticks)) * (1 + (random / 5));
        var pause = TimeSpan.FromTicks((long)delay);
        return retryAfter > pause ? retryAfter.Value : pause;
    }

    /// <summary>
    /// Returns the upper limit of every pause, so that one more attempt is made while there is time for its answer. Null when there is no
    /// time left, or no end is known.
    /// </summary>
    /// <param name="untilLost">The time until the lease is lost, or a doubt is given up.</param>
    public TimeSpan? LastCall(TimeSpan? untilLost)
    {
        if (untilLost is not { } end)
        {
            return null;
        }

        TimeSpan lastCall = end - Shorter(options.AttemptTimeout, TimeSpan.FromTicks(end.Ticks / 2));
        return lastCall > ShortestPause ? lastCall : null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static RenewalStep WhenDue(in RenewalView view, RenewalStep step)
        => view.UntilRetry > TimeSpan.Zero ? new RenewalStep(RenewalAction.Wait, Shorter(view.UntilRetry, Heartbeat)) : step;

    /// <summary>Gets the cap in whole minutes, rounded down: more than the allowed total is never requested.</summary>
    private TimeSpan Cap => TimeSpan.FromTicks(options.MaxTotalLease.Ticks - (options.MaxTotalLease.Ticks % TimeSpan.TicksPerMinute));

    /// <summary>
    /// Returns the time-out of an attempt, which leaves time for another one. When no remaining time is certain, the longest doubt limits
    /// it.
    /// </summary>
    private TimeSpan AttemptTimeout(TimeSpan left)
    {
        if (left <= options.SafetyMargin)
        {
            return options.AttemptTimeout;
        }

        var half = TimeSpan.FromTicks((left - options.SafetyMargin).Ticks / 2);
        TimeSpan timeout = Shorter(options.AttemptTimeout, half);
        return timeout > ShortestAttempt ? timeout : ShortestAttempt;
    }
}
