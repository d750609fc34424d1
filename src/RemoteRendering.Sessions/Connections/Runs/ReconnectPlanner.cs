using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>
/// Plans the next attempt after each failure, by the policy and by facts that a policy does not have: refusals, waits that the host named,
/// its grace time, and the lease. Used by the main task of one run; not thread-safe.
/// </summary>
internal sealed class ReconnectPlanner(RenderingConnectionOptions options, TimeProvider time, Func<TimeSpan?> leaseLeft)
{
    /// <summary>The time after which a link counts as stable, so that the next drop restarts the count of attempts: 30 seconds.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(30);

    /// <summary>The time before the end of the grace time at which a longer wait ends, for a last attempt: 1 second.</summary>
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The number of consecutive unstable links that may end because the token expired: after it, new tokens do not help.
    /// </summary>
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

    /// <summary>Gets the number of attempts since the link was last stable.</summary>
    public int Attempts => _attempts;

    /// <summary>
    /// Gets the remaining grace time of the host; <see langword="null"/> when there is no binding, or
    /// <see cref="RenderingConnectionOptions.ReconnectAfterGrace"/> is set.
    /// </summary>
    public TimeSpan? GraceLeft
        => _resumableFor is { } grace && !options.ReconnectAfterGrace ? grace - time.GetElapsedTime(_resumableFrom) : null;

    /// <summary>Gets the number of attempts that failed since the link was lost, or since the connect was requested.</summary>
    public int FailedAttempts => _failedAttempts;

    /// <summary>Gets the time until the next attempt may start, for any cause.</summary>
    public TimeSpan BudgetWait => _budget.Wait;

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
        _boundAt = time.GetTimestamp();
        _wasBound = true;
        _resumableFor = null;
        _lastFailure = null;
        _failedAttempts = 0;

        // The host accepted the token, so earlier refusals no longer count.
        _refusedTokens = 0;
    }

    /// <summary>Records the loss of a bound link.</summary>
    /// <param name="lastReceived">The timestamp of the last sign of life of the host.</param>
    /// <param name="answer">The last answer of the host, with its grace time.</param>
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

    /// <summary>Ends the attempts because the reconnect policy failed.</summary>
    public static ReconnectPlan EndWithoutPolicy(ConnectionFailure failure, string what, Exception? exception = null)
        => ReconnectPlan.End(
            ConnectionTrigger.AttemptsOver, new ConnectionFailure(null, failure.Reason, "The reconnect policy " + what, null, exception)
            {
                HostCode = failure.ToException().HostCode,
                HostMessage = failure.ToException().HostMessage,
            });

    /// <summary>Plans the next attempt.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="isHurried">Whether the network of this device has changed, so that another attempt has a better chance now.</param>
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
            return EndWithoutPolicy(failure, "threw: " + exception.Message, exception);
        }

        _attempts++;
        return wanted is { } delay ? Limit(delay, failure) : ReconnectPlan.End(ConnectionTrigger.AttemptsOver, failure);
    }

    /// <summary>
    /// Returns whether tokens are refused permanently: a new token was refused too, or tokens expired on one link after the other.
    /// </summary>
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
        // An expired token and a requested new link are no reason to wait.
        bool isFree = failure.Reason == RenderingConnectionReason.ReconnectRequested
            || (failure.Reason == RenderingConnectionReason.AuthenticationFailed && _expiredTokens <= 1);
        TimeSpan? wanted = isFree
            ? TimeSpan.Zero
            : (_wasBound ? options.ReconnectPolicy : options.InitialConnectPolicy).NextDelay(Context(failure));
        if (isHurried && wanted is not null)
        {
            wanted = TimeSpan.Zero;
        }

        if (wanted is { } delay)
        {
            // Never negative, for any policy.
            TimeSpan earliest = BudgetWait;
            wanted = delay < earliest ? earliest : delay;
        }

        return wanted < failure.RetryAfter ? failure.RetryAfter : wanted;
    }

    private RenderingReconnectContext Context(ConnectionFailure failure)
    {
        TimeSpan elapsed = time.GetElapsedTime(_since);
        return new RenderingReconnectContext(
            _attempts, elapsed, failure.Reason, failure.ToException(), _wasBound && _isFirstLoss ? elapsed : null);
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
                    Conclude(RenderingConnectionReason.GraceExpired, "The host did not respond within its grace time.", failure));
            }
        }

        if (leaseLeft() is { } lease && delay >= lease)
        {
            return ReconnectPlan.End(
                ConnectionTrigger.AttemptsOver,
                Conclude(RenderingConnectionReason.LeaseExpired, "The lease of the session ends before the next attempt.", failure));
        }

        return ReconnectPlan.TryAfter(
            delay < RenderingConnectionOptions.MaxTimeout ? delay : RenderingConnectionOptions.MaxTimeout, failure);
    }

    /// <summary>Returns the failure that ends all attempts, with the last failure of the host.</summary>
    private ConnectionFailure Conclude(RenderingConnectionReason reason, string sentence, ConnectionFailure failure)
    {
        ConnectionFailure last = failure.IsCutShort ? _lastFailure ?? failure : failure;
        string attempts = _failedAttempts > 1 ? $"{_failedAttempts} attempts failed; the last failure: " : string.Empty;
        RenderingConnectionException cause = last.ToException();
        return new ConnectionFailure(
            null, reason, $"{sentence} {attempts}{last.Message}", null,
            cause) { HostCode = cause.HostCode, HostMessage = cause.HostMessage };
    }
}
