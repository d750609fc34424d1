using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Runs;

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

    /// <summary>So many links in a row, none of them a good one, may end because the token ran out: fresh tokens do not help then.</summary>
    private const int MostExpiredTokens = 5;

    private readonly AttemptBudget _budget = new(time);
    private long _since = time.GetTimestamp();
    private long _boundAt;
    private long _resumableFrom;
    private TimeSpan? _resumableFor;
    private ConnectionFailure? _lastFailure;
    private int _attempts;
    private int _failedAttempts;
    private int _refusedTokens;
    private int _expiredTokens;
    private bool _isFirstLoss;
    private bool _hasJustLost;
    private bool _wasBound;

    /// <summary>Gets how many attempts there were since the link was last stable.</summary>
    public int Attempts => _attempts;

    /// <summary>Gets how long the host still keeps the binding; <see langword="null"/> when there is none, or the application does not care.</summary>
    public TimeSpan? GraceLeft => _resumableFor is { } grace && !options.ReconnectAfterGrace ? grace - time.GetElapsedTime(_resumableFrom) : null;

    /// <summary>Gets how many attempts failed since the link was lost, or since the connect was asked for.</summary>
    public int FailedAttempts => _failedAttempts;

    /// <summary>Gets how long it is until the next attempt may begin, whoever asks for it.</summary>
    public TimeSpan BudgetWait
    {
        get
        {
#if SABOTAGE
            if (Sabotage.Breaks("M15"))
            {
                return TimeSpan.Zero;
            }
#endif
            return _budget.Wait;
        }
    }

    public void OnAttempt() => _budget.OnAttempt();

    public void OnAttemptFailed(ConnectionFailure failure)
    {
        _failedAttempts++;
        if (!failure.IsCutShort || _lastFailure is null)
        {
            _lastFailure = failure;
        }
    }

    public void OnBound()
    {
#if SABOTAGE
        _attempts = Sabotage.Breaks("M15") ? 0 : _attempts;
#endif
        _boundAt = time.GetTimestamp();
        _wasBound = true;
        _resumableFor = null;
        _lastFailure = null;
        _failedAttempts = 0;

        // The host took the token: that one it refused before is no news any more.
        _refusedTokens = 0;
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
            _expiredTokens = 0;
        }

        _isFirstLoss = _attempts == 0;
        _hasJustLost = true;
    }

    /// <summary>Decides about the next attempt.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="isHurried">Whether the network of this device has changed: another attempt has better chances now.</param>
    public ReconnectPlan Next(ConnectionFailure failure, bool isHurried = false)
    {
        if (failure.Final is { } final)
        {
            return ReconnectPlan.End(final, failure);
        }

        if (IsRefusedForGood(failure))
        {
            return ReconnectPlan.End(ConnectionTrigger.HostRefused, failure);
        }

        TimeSpan? wanted;
        try
        {
            wanted = Wanted(failure, isHurried);
        }
        catch (Exception exception)
        {
            return ReconnectPlan.End(
                ConnectionTrigger.AttemptsOver, new ConnectionFailure(null, failure.Reason, "The reconnect policy threw: " + exception.Message, null, exception)
                {
                    HostCode = failure.ToException().HostCode,
                    HostMessage = failure.ToException().HostMessage,
                });
        }

        _attempts++;
#if SABOTAGE
        _attempts = Sabotage.Breaks("M14") && failure.Reason == RenderingConnectionReason.ConnectionLost ? 0 : _attempts;
        wanted = Sabotage.Breaks("R7") && failure.Reason == RenderingConnectionReason.ConnectionLost ? null : wanted;
#endif
        return wanted is { } delay ? Limit(delay, failure) : ReconnectPlan.End(ConnectionTrigger.AttemptsOver, failure);
    }

    /// <summary>A fresh token that is refused as well, or that runs out on one link after the other, will not be better the next time.</summary>
    private bool IsRefusedForGood(ConnectionFailure failure)
    {
        bool hasJustLost = _hasJustLost;
        _hasJustLost = false;
        if (failure.Reason != RenderingConnectionReason.AuthenticationFailed)
        {
            _refusedTokens = 0;
            _expiredTokens = hasJustLost ? 0 : _expiredTokens;
            return false;
        }

        if (hasJustLost)
        {
            _refusedTokens = 1;
            return ++_expiredTokens >= MostExpiredTokens;
        }

        return ++_refusedTokens >= 2;
    }

    private TimeSpan? Wanted(ConnectionFailure failure, bool isHurried)
    {
        // A token that ran out, and an application that asks for a new link, are no reason to wait.
        bool isFree = failure.Reason == RenderingConnectionReason.ReconnectRequested || (failure.Reason == RenderingConnectionReason.AuthenticationFailed && _expiredTokens <= 1);
        TimeSpan? wanted = isFree ? TimeSpan.Zero : (_wasBound ? options.ReconnectPolicy : options.InitialConnectPolicy).NextDelay(Context(failure));
        if (isHurried && wanted is not null)
        {
            wanted = TimeSpan.Zero;
        }

        if (wanted is { } delay)
        {
            // Never negative, whatever the policy says.
            TimeSpan earliest = BudgetWait;
            wanted = delay < earliest ? earliest : delay;
        }

        return wanted < failure.RetryAfter ? failure.RetryAfter : wanted;
    }

    private RenderingReconnectContext Context(ConnectionFailure failure)
    {
        TimeSpan elapsed = time.GetElapsedTime(_since);
        return new RenderingReconnectContext(_attempts, elapsed, failure.Reason, failure.ToException(), _wasBound && _isFirstLoss ? elapsed : null);
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
                    Conclude(RenderingConnectionReason.GraceExpired, "The host did not come back within its grace.", failure));
            }
        }

        if (leaseLeft() is { } lease && delay >= lease)
        {
            return ReconnectPlan.End(
                ConnectionTrigger.AttemptsOver,
                Conclude(RenderingConnectionReason.LeaseExpired, "The lease of the session ends before the next attempt.", failure));
        }

        return ReconnectPlan.TryAfter(delay < RenderingConnectionOptions.MaxTimeout ? delay : RenderingConnectionOptions.MaxTimeout, failure);
    }

    /// <summary>An end of all attempts, with the last failure that says something about the host.</summary>
    private ConnectionFailure Conclude(RenderingConnectionReason reason, string sentence, ConnectionFailure failure)
    {
        ConnectionFailure last = failure.IsCutShort ? _lastFailure ?? failure : failure;
        string attempts = _failedAttempts > 1 ? $"{_failedAttempts} attempts failed; the last failure: " : string.Empty;
        RenderingConnectionException cause = last.ToException();
        return new ConnectionFailure(null, reason, $"{sentence} {attempts}{last.Message}", null, cause) { HostCode = cause.HostCode, HostMessage = cause.HostMessage };
    }
}
