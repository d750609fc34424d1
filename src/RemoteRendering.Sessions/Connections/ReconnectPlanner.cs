namespace RemoteRendering.Sessions;

/// <summary>
/// Decides after each failure whether and when to try again: asks the policy, and knows what a policy cannot know: refusals, the host's wishes, its grace, and the lease. Belongs to one run and
/// its single flow; not thread-safe.
/// </summary>
internal sealed class ReconnectPlanner(RenderingConnectionOptions options, TimeProvider time, Func<TimeSpan?> leaseLeft)
{
    /// <summary>A link that lived this long was a good one, and the next drop begins a new count.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(30);

    /// <summary>A wait that would reach beyond the grace is cut to end this much before it: one last attempt that can still succeed.</summary>
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(1);

    private readonly AttemptBudget _budget = new(time);
    private long _since = time.GetTimestamp();
    private long _boundAt;
    private long _resumableFrom;
    private TimeSpan? _resumableFor;
    private int _attempts;
    private int _refusedTokens;
    private bool _wasBound;

    /// <summary>Gets how many attempts there were since the link was last stable.</summary>
    public int Attempts => _attempts;

    /// <summary>Gets how long the host still keeps the binding; <see langword="null"/> when there is none, or the application does not care.</summary>
    public TimeSpan? GraceLeft => _resumableFor is { } grace && !options.ReconnectAfterGrace ? grace - time.GetElapsedTime(_resumableFrom) : null;

    public void OnAttempt() => _budget.OnAttempt();

    public void OnBound()
    {
#if SABOTAGE
        _attempts = Sabotage.Breaks("M15") ? 0 : _attempts;
#endif
        _boundAt = time.GetTimestamp();
        _wasBound = true;
        _resumableFor = null;
    }

    /// <summary>A bound link is gone.</summary>
    /// <param name="lastReceived">When the host gave its last sign of life.</param>
    /// <param name="answer">What the host said about its patience.</param>
    public void OnLost(long lastReceived, BindAnswer answer)
    {
        _since = time.GetTimestamp();
        _resumableFrom = lastReceived;
        _resumableFor = answer.DeadAfter + answer.Grace;
        if (time.GetElapsedTime(_boundAt) >= StableAfter)
        {
            _attempts = 0;
            _refusedTokens = 0;
        }
    }

    public ReconnectPlan Next(ConnectionFailure failure)
    {
        if (failure.Final is { } final)
        {
            return ReconnectPlan.End(final, failure);
        }

        _refusedTokens = failure.Reason == RenderingConnectionReason.AuthenticationFailed ? _refusedTokens + 1 : 0;
        if (_refusedTokens >= 2)
        {
            return ReconnectPlan.End(ConnectionTrigger.HostRefused, failure);
        }

        TimeSpan? wanted;
        try
        {
            wanted = Wanted(failure);
        }
        catch (Exception exception)
        {
            return ReconnectPlan.End(
                ConnectionTrigger.AttemptsOver, new ConnectionFailure(null, failure.Reason, "The reconnect policy threw: " + exception.Message, null, exception));
        }

        _attempts++;
#if SABOTAGE
        _attempts = Sabotage.Breaks("M14") && failure.Reason == RenderingConnectionReason.ConnectionLost ? 0 : _attempts;
        wanted = Sabotage.Breaks("R7") && failure.Reason == RenderingConnectionReason.ConnectionLost ? null : wanted;
#endif
        return wanted is { } delay ? Limit(delay, failure) : ReconnectPlan.End(ConnectionTrigger.AttemptsOver, failure);
    }

    private TimeSpan? Wanted(ConnectionFailure failure)
    {
        // A token that ran out, and an application that asks for a new link, are no reason to wait.
        TimeSpan? wanted = failure.Reason is RenderingConnectionReason.AuthenticationFailed or RenderingConnectionReason.ReconnectRequested
            ? TimeSpan.Zero
            : (_wasBound ? options.ReconnectPolicy : options.InitialConnectPolicy)
                .NextDelay(new RenderingReconnectContext(_attempts, time.GetElapsedTime(_since), failure.Reason, failure.Error));
        if (wanted is { } delay && failure.Reason != RenderingConnectionReason.ReconnectRequested)
        {
            // Never negative, whatever the policy says.
            TimeSpan earliest = _budget.Wait;
#if SABOTAGE
            earliest = Sabotage.Breaks("M15") ? TimeSpan.Zero : earliest;
#endif
            wanted = delay < earliest ? earliest : delay;
        }

        return wanted < failure.RetryAfter ? failure.RetryAfter : wanted;
    }

    private ReconnectPlan Limit(TimeSpan delay, ConnectionFailure failure)
    {
        if (GraceLeft is { } grace && delay >= grace)
        {
            delay = grace - LastChance;
            if (delay <= TimeSpan.Zero || delay < failure.RetryAfter)
            {
                return ReconnectPlan.End(
                    ConnectionTrigger.AttemptsOver,
                    new ConnectionFailure(null, RenderingConnectionReason.GraceExpired, $"The host did not come back within its grace. {failure.Message}", null, failure.Error));
            }
        }

        if (leaseLeft() is { } lease && delay >= lease)
        {
            return ReconnectPlan.End(
                ConnectionTrigger.AttemptsOver,
                new ConnectionFailure(null, RenderingConnectionReason.LeaseExpired, $"The lease of the session ends before the next attempt. {failure.Message}", null, failure.Error));
        }

        return ReconnectPlan.TryAfter(delay < RenderingConnectionOptions.MaxTimeout ? delay : RenderingConnectionOptions.MaxTimeout, failure);
    }
}
