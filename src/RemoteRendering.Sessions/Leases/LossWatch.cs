namespace RemoteRendering.Sessions;

/// <summary>
/// Tells how long it is until a lease must be given up. While it is not known whether the lease is alive at all - after a sleep, or because the first thing heard leaves less than a
/// minute or nothing - there is some time to find out. Not thread-safe.
/// </summary>
internal sealed class LossWatch(RenewalSchedule schedule, TimeProvider time)
{
    private long? _doubtedSince;
    private bool _wasCertain;

    /// <summary>Looks at the lease.</summary>
    /// <param name="lease">What is known about it.</param>
    /// <param name="untilLost">How long until it must be given up, if nothing changes; null while that is not known.</param>
    /// <returns>What the look has found out: a doubt, its end, or nothing.</returns>
    public LeaseRenewalChange? Look(RenderingSessionLease lease, out TimeSpan? untilLost)
    {
        LeaseRenewalChange? change = null;
        bool isDoubted = IsDoubted(lease);
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

        untilLost = _doubtedSince is { } since ? schedule.LongestDoubt - time.GetElapsedTime(since) : schedule.UntilLost(lease);
        _wasCertain = !isDoubted && untilLost > TimeSpan.Zero;
        return change;
    }

    private bool IsDoubted(RenderingSessionLease lease)
        => lease.IsInDoubt || (!_wasCertain && schedule.UntilLost(lease) == TimeSpan.Zero && schedule.CanStillBeSaved(lease));
}
