using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>Provides the changes to a session: its lease.</summary>
public class RenderingSessionUpdateOptions
{
    /// <summary>Creates the options.</summary>
    /// <param name="maxLeaseTime">
    /// The new lease: an absolute total counted from the moment the session became ready, not an addition. Must be more than zero and at
    /// most 24 hours. It is sent as whole minutes, rounded up. A lease cannot shrink: the service refuses a value below the present one;
    /// the present value succeeds.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxLeaseTime"/> is not more than zero and at most 24 hours.
    /// </exception>
    public RenderingSessionUpdateOptions(TimeSpan maxLeaseTime)
    {
        LeaseMinutes.Validate(maxLeaseTime, nameof(maxLeaseTime));
        MaxLeaseTime = maxLeaseTime;
    }

    /// <summary>Gets the new lease: a total counted from the moment the session became ready.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>
    /// Gets or sets a value indicating whether the total was computed by adding to a known lease. In that case a lease that already has
    /// this total was changed by another client, and does not count as success.
    /// </summary>
    internal bool IsAddition { get; set; }
}
