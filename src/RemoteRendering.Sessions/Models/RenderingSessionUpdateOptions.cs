using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>What should change about a session: its lease.</summary>
public class RenderingSessionUpdateOptions
{
    /// <summary>Creates the options.</summary>
    /// <param name="maxLeaseTime">
    /// The new lease, an absolute total counted from the moment the session became ready, not an addition. More than zero and at most 24 hours; travels as whole
    /// minutes, rounded up. A lease never shrinks: a value below the present one is refused by the service, the present one is a success.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLeaseTime"/> is not more than zero and at most 24 hours.</exception>
    public RenderingSessionUpdateOptions(TimeSpan maxLeaseTime)
    {
        LeaseMinutes.Validate(maxLeaseTime, nameof(maxLeaseTime));
        MaxLeaseTime = maxLeaseTime;
    }

    /// <summary>Gets the new lease, a total since the session became ready.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>
    /// Gets or sets a value indicating whether the total was computed by adding to a known lease. Then a lease that already has this total was made by another client, and does not count as success.
    /// </summary>
    internal bool IsAddition { get; set; }
}
