using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions;

/// <summary>How a lease is kept alive: in fixed steps, shortly before it ends, and never beyond a total that must be given.</summary>
/// <remarks>Read once, when the renewal starts. The numbers are checked against each other there: two whole attempts must fit between <see cref="Threshold"/> and the end.</remarks>
public class LeaseRenewalOptions
{
    /// <summary>Creates the options with the one thing that has no default: the end.</summary>
    /// <param name="maxTotalLease">The largest lease to ask for, counted from the moment the session became ready, as leases are. More than zero and at most 24 hours.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTotalLease"/> is not more than zero and at most 24 hours.</exception>
    public LeaseRenewalOptions(TimeSpan maxTotalLease)
    {
        LeaseMinutes.Validate(maxTotalLease, nameof(maxTotalLease));
        MaxTotalLease = maxTotalLease;
    }

    /// <summary>Gets the largest lease to ask for, counted from the moment the session became ready.</summary>
    public TimeSpan MaxTotalLease { get; }

    /// <summary>Gets or sets how much is added each time.</summary>
    /// <value>5 minutes by default; whole minutes, at least one.</value>
    public TimeSpan Step { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how much of the lease is left, at least, when the next step is bought.</summary>
    /// <value>5 minutes by default: long enough for a drop of the connection and an outage of the service together. After the last renewal a session nobody stops runs, and costs, for this much and a step.</value>
    public TimeSpan Threshold { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how long one request may take.</summary>
    /// <value>10 seconds by default. Less when less than twice that is left.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the pause after the first failed attempt; it doubles up to 15 seconds, and a fifth of it is random.</summary>
    /// <value>2 seconds by default. A <c>Retry-After</c> of the service is obeyed, except that the last moment before the end, or before a doubt is given up, is always used.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how long before the certain end of the lease it is given up as lost.</summary>
    /// <value>1 second by default. The time of a request and the rounding to minutes are counted apart from it.</value>
    public TimeSpan SafetyMargin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets a value indicating whether the lease is renewed also while this handle has no connection.</summary>
    /// <value>
    /// <see langword="null"/> by default: <see cref="RenderingSession.StartLeaseRenewal"/> renews in any case, and <see cref="RenderingConnectionOptions.LeaseRenewal"/> while the session is in use. A
    /// session is in use while a connection of this handle is <see cref="ConnectionStatus.Connected"/> or <see cref="ConnectionStatus.Reconnecting"/>, and for 2 minutes after a connection was lost
    /// against the user's will. With <see langword="false"/> a renewal of either kind renews only while the session is in use; with <see langword="true"/> both renew in any case.
    /// </value>
    /// <remarks>The renewal of a connection ends with the connection, or 2 minutes after it was lost, whatever the value is.</remarks>
    public bool? RenewWhileDisconnected { get; set; }

    /// <summary>Makes a copy whose numbers have been checked against each other.</summary>
    /// <param name="parameter">The parameter that an exception names.</param>
    /// <param name="renewWhileDisconnected">What holds when <see cref="RenewWhileDisconnected"/> is not set.</param>
    internal LeaseRenewalOptions Checked(string parameter, bool renewWhileDisconnected = false)
    {
        var copy = (LeaseRenewalOptions)MemberwiseClone();
        copy.Validate(parameter);
        copy.RenewWhileDisconnected ??= renewWhileDisconnected;
        return copy;
    }

    private void Validate(string parameter)
    {
#if SABOTAGE
        if (Sabotage.Breaks("R2"))
        {
            return;
        }
#endif

        if (Step < TimeSpan.FromMinutes(1) || Step.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentException($"{nameof(Step)} is {Step}; it must be whole minutes, at least one, because leases are.", parameter);
        }

        if (Step > MaxTotalLease)
        {
            throw new ArgumentException($"{nameof(Step)} is {Step}, which is more than {nameof(MaxTotalLease)}, {MaxTotalLease}.", parameter);
        }

        if (AttemptTimeout <= TimeSpan.Zero || RetryDelay <= TimeSpan.Zero || SafetyMargin < TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"{nameof(AttemptTimeout)} ({AttemptTimeout}) and {nameof(RetryDelay)} ({RetryDelay}) must be more than zero, and {nameof(SafetyMargin)} ({SafetyMargin}) not less.", parameter);
        }

        if (AttemptTimeout > LeaseLimits.MaxLease || RetryDelay > LeaseLimits.MaxLease || SafetyMargin > LeaseLimits.MaxLease)
        {
            throw new ArgumentException(
                $"{nameof(AttemptTimeout)} ({AttemptTimeout}), {nameof(RetryDelay)} ({RetryDelay}) and {nameof(SafetyMargin)} ({SafetyMargin}) must be less than the longest lease, {LeaseLimits.MaxLease}.", parameter);
        }

        TimeSpan needed = TwoAttempts();
        if (Threshold < needed)
        {
            throw new ArgumentException(
                $"{nameof(Threshold)} is {Threshold}, and two attempts need {needed}: twice {nameof(AttemptTimeout)} ({AttemptTimeout}), {nameof(RetryDelay)} ({RetryDelay}) and a fifth, and {nameof(SafetyMargin)} ({SafetyMargin}).",
                parameter);
        }
    }

    private TimeSpan TwoAttempts() => AttemptTimeout + AttemptTimeout + TimeSpan.FromTicks(RetryDelay.Ticks * 6 / 5) + SafetyMargin;
}
