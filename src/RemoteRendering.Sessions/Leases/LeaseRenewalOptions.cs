using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions;

/// <summary>
/// Provides the options of a lease renewal, which extends a lease in fixed steps, shortly before its end, up to a required total.
/// </summary>
/// <remarks>
/// The options are read once, when the renewal starts. They are validated together: two complete attempts must fit between
/// <see cref="Threshold"/> and the end.
/// </remarks>
public class LeaseRenewalOptions
{
    /// <summary>Creates the options with the required total.</summary>
    /// <param name="maxTotalLease">
    /// The largest lease to request, counted from the moment the session became ready. Must be more than zero and at most 24 hours.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxTotalLease"/> is not more than zero and at most 24 hours.
    /// </exception>
    public LeaseRenewalOptions(TimeSpan maxTotalLease)
    {
        LeaseMinutes.Validate(maxTotalLease, nameof(maxTotalLease));
        MaxTotalLease = maxTotalLease;
    }

    /// <summary>Gets the largest lease to request, counted from the moment the session became ready.</summary>
    public TimeSpan MaxTotalLease { get; }

    /// <summary>Gets or sets the time that each renewal adds to the lease.</summary>
    /// <value>The default is 5 minutes. Must be whole minutes, at least one.</value>
    public TimeSpan Step { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the remaining time of the lease at which the next step is requested.</summary>
    /// <value>
    /// The default is 5 minutes: long enough for a drop of the connection and an outage of the service together. After the last renewal, a
    /// session that is not stopped runs, and is billed, for this time and one step.
    /// </value>
    public TimeSpan Threshold { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the longest duration of one request.</summary>
    /// <value>The default is 10 seconds. It is shortened when less than twice this time is left.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the pause after the first failed attempt. It doubles up to 15 seconds, and a fifth of it is random.</summary>
    /// <value>
    /// The default is 2 seconds. A <c>Retry-After</c> of the service is obeyed, but there is always a last attempt before the end of the
    /// lease, and before a lease in doubt is given up.
    /// </value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the time before the certain end of the lease at which the lease is reported as lost.</summary>
    /// <value>
    /// The default is 1 second. It does not include the duration of requests and the rounding to minutes, which are accounted for
    /// separately.
    /// </value>
    public TimeSpan SafetyMargin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets a value indicating whether the lease is renewed also while this handle has no connection.</summary>
    /// <value>
    /// The default is <see langword="null"/>: <see cref="RenderingSession.StartLeaseRenewal"/> always renews, and
    /// <see cref="RenderingConnectionOptions.LeaseRenewal"/> renews while the session is in use. A session is in use while a connection of
    /// this handle is <see cref="ConnectionStatus.Connected"/> or <see cref="ConnectionStatus.Reconnecting"/>, and for 2 minutes after a
    /// connection was lost unintentionally. With <see langword="false"/> both renew only while the session is in use; with
    /// <see langword="true"/> both always renew.
    /// </value>
    /// <remarks>The renewal of a connection ends with the connection, or 2 minutes after it was lost, for every value.</remarks>
    public bool? RenewWhileDisconnected { get; set; }

    /// <summary>Creates a validated copy.</summary>
    /// <param name="parameter">The parameter name for exceptions.</param>
    /// <param name="renewWhileDisconnected">The value to use when <see cref="RenewWhileDisconnected"/> is not set.</param>
    internal LeaseRenewalOptions Checked(string parameter, bool renewWhileDisconnected = false)
    {
        var copy = (LeaseRenewalOptions)MemberwiseClone();
        copy.Validate(parameter);
        copy.RenewWhileDisconnected ??= renewWhileDisconnected;
        return copy;
    }

    private void Validate(string parameter)
    {
        if (Step < TimeSpan.FromMinutes(1) || Step.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentException($"{nameof(Step)} is {Step}; it must be at least one minute, and whole minutes.", parameter);
        }

        if (Step > MaxTotalLease)
        {
            throw new ArgumentException(
                $"{nameof(Step)} is {Step}; it must not be more than {nameof(MaxTotalLease)}, which is {MaxTotalLease}.", parameter);
        }

        if (AttemptTimeout <= TimeSpan.Zero || RetryDelay <= TimeSpan.Zero || SafetyMargin < TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"{nameof(AttemptTimeout)} ({AttemptTimeout}) and {nameof(RetryDelay)} ({RetryDelay}) must be more than zero, and "
                    + $"{nameof(SafetyMargin)} ({SafetyMargin}) must not be negative.", parameter);
        }

        if (AttemptTimeout > LeaseLimits.MaxLease || RetryDelay > LeaseLimits.MaxLease || SafetyMargin > LeaseLimits.MaxLease)
        {
            throw new ArgumentException(
                $"{nameof(AttemptTimeout)} ({AttemptTimeout}), {nameof(RetryDelay)} ({RetryDelay}) and {nameof(SafetyMargin)} "
                    + $"({SafetyMargin}) must be less than the longest lease, {LeaseLimits.MaxLease}.",
                parameter);
        }

        TimeSpan needed = TwoAttempts();
        if (Threshold < needed)
        {
            throw new ArgumentException(
                $"{nameof(Threshold)} is {Threshold}; it must be at least {needed}, the time of two attempts: twice "
                    + $"{nameof(AttemptTimeout)} ({AttemptTimeout}), {nameof(RetryDelay)} ({RetryDelay}) and a fifth, and "
                    + $"{nameof(SafetyMargin)} ({SafetyMargin}).",
                parameter);
        }
    }

    private TimeSpan TwoAttempts() => AttemptTimeout + AttemptTimeout + TimeSpan.FromTicks(RetryDelay.Ticks * 6 / 5) + SafetyMargin;
}
