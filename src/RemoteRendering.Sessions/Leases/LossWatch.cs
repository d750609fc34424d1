namespace RemoteRendering.Sessions;

/// <summary>
/// Tells how long it is until a lease must be given up. When time runs out, that is at once. When it is news that nothing is certain any more - after a sleep, or because the first thing
/// heard leaves less than a minute - the lease may be alive all the same, and there is some time to find out. Not thread-safe.
/// </summary>
internal sealed class LossWatch(RenewalSchedule schedule, TimeProvider time)
{
    /// <summary>What may be missing of an end that was foreseen: it is foreseen again at every look.</summary>
    private static readonly TimeSpan Vagueness = TimeSpan.FromSeconds(1);

    private long? _doubtedSince;
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
        bool isDoubted = lease.IsInDoubt || (certain == TimeSpan.Zero && !WasForeseen() && schedule.CanStillBeSaved(lease));
        if (isDoubted && _doubtedSince is null)
        {
            _doubtedSince = time.GetTimestamp();
            change = LeaseRenewalChange.InDoubt;
        }
        else if (!isDoubted && _doubtedSince is not null)
        {
            _doubtedSince = null;
            change = LeaseRenewalChange.Confirmed;
        }

        untilLost = _doubtedSince is { } since ? schedule.LongestDoubt - time.GetElapsedTime(since) : certain;
        if (isDoubted)
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
