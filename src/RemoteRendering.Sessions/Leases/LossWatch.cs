namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Tells how long it is until a lease must be given up. When time runs out, that is at once. When it is news that nothing is certain any more - after a sleep, or because the first thing
/// heard leaves less than a minute - the lease may be alive all the same, and there is some time to find out. Not thread-safe.
/// </summary>
internal sealed class LossWatch(RenewalSchedule schedule, TimeProvider time)
{
    /// <summary>What may be missing of an end that was foreseen: it is foreseen again at every look.</summary>
    private static readonly TimeSpan Vagueness = TimeSpan.FromSeconds(1);

    private bool _isDoubted;
    private long? _unknownSince;
    private long? _certainAt;
    private TimeSpan _certain;

    /// <summary>Looks at the lease.</summary>
    /// <param name="lease">What is known about it.</param>
    /// <param name="untilLost">How long until it must be given up, if nothing changes; null while that is not known.</param>
    /// <returns>What the look has found out: a doubt, its end, or nothing.</returns>
    public LeaseRenewalChange? Look(RenderingSessionLease lease, out TimeSpan? untilLost)
    {
        LeaseRenewalChange? change = null;
        TimeSpan? certain = schedule.UntilLost(lease);

        // A doubt about the total leaves a certain end; a doubt about the time leaves none.
        bool isTimeUnknown = lease.IsUnmeasured || (certain == TimeSpan.Zero && !WasForeseen() && schedule.CanStillBeSaved(lease));
        bool isDoubted = isTimeUnknown || lease.IsTotalInDoubt;
        if (isDoubted != _isDoubted)
        {
            change = isDoubted ? LeaseRenewalChange.InDoubt : LeaseRenewalChange.Confirmed;
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

    /// <summary>Whether the end has come when it was expected.</summary>
    private bool WasForeseen() => _certainAt is { } at && time.GetElapsedTime(at) >= _certain - Vagueness;
}
