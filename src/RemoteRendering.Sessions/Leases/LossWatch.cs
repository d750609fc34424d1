namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Determines the time until a lease must be given up. When its time runs out as expected, the lease is given up immediately. When it
/// becomes uncertain unexpectedly - after a sleep, or because the first answer leaves less than a minute - the lease may still be alive,
/// and there is some time to read it. Not thread-safe.
/// </summary>
internal sealed class LossWatch(RenewalSchedule schedule, TimeProvider time)
{
    /// <summary>The tolerance when the end is compared with the one predicted: 1 second.</summary>
    private static readonly TimeSpan Vagueness = TimeSpan.FromSeconds(1);

    private bool _isDoubted;
    private long? _unknownSince;
    private long? _certainAt;
    private TimeSpan _certain;

    /// <summary>Evaluates the lease.</summary>
    /// <param name="lease">The state of the lease.</param>
    /// <param name="untilLost">The time until it must be given up if nothing changes; null while it is unknown.</param>
    /// <returns>The change: a doubt, its end, or null.</returns>
    public LeaseRenewalChangeKind? Look(RenderingSessionLease lease, out TimeSpan? untilLost)
    {
        LeaseRenewalChangeKind? change = null;
        TimeSpan? certain = schedule.UntilLost(lease);

        // With a doubt about the total there is a certain end; with a doubt about the time there is none.
        bool isTimeUnknown = lease.IsUnmeasured || (certain == TimeSpan.Zero && !WasForeseen() && schedule.CanStillBeSaved(lease));
        bool isDoubted = isTimeUnknown || lease.IsTotalInDoubt;
        if (isDoubted != _isDoubted)
        {
            change = isDoubted ? LeaseRenewalChangeKind.InDoubt : LeaseRenewalChangeKind.Confirmed;
            _isDoubted = isDoubted;
        }

        _unknownSince = isTimeUnknown ? _unknownSince ?? time.GetTimestamp() : null;
        untilLost = _unknownSince is { } since ? schedule.LongestDoubt - time.GetElapsedTime(since) : certain;
        if (isTimeUnknown)
        {
            _certainAt = null;
        }
        else if (certain > TimeSpan.Zero)
        {
            _certainAt = time.GetTimestamp();
            _certain = certain.Value;
        }

        return change;
    }

    /// <summary>Returns whether the end has come at the predicted time.</summary>
    private bool WasForeseen() => _certainAt is { } at && time.GetElapsedTime(at) >= _certain - Vagueness;
}
