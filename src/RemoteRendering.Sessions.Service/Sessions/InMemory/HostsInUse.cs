namespace RemoteRendering.Sessions.Service.Sessions.InMemory;

/// <summary>
/// Counts the hosts of one size that are in use. What it costs grows with the sessions whose time has come since the last count, not with
/// those that there are. Guarded by the lock of <see cref="InMemorySessionLedger"/>.
/// </summary>
internal sealed class HostsInUse(int capacity)
{
    private readonly PriorityQueue<SessionEntry, TimeSpan> _ends = new();
    private int _count;

    /// <summary>Gets how many sessions have been looked at, in all counts together.</summary>
    public long Looks { get; private set; }

    /// <summary>Whether a host is free at a moment.</summary>
    public bool HasFree(TimeSpan now)
    {
        while (_ends.TryPeek(out SessionEntry? entry, out TimeSpan due) && due <= now)
        {
            _ends.Dequeue();
            Looks++;
            if (!entry.HoldsHost)
            {
                continue;
            }

            if (entry.ReadAt(now).IsActive)
            {
                // Its lease has been extended since it was put here.
                Reschedule(entry);
            }
            else
            {
                Release(entry);
            }
        }

        return _count < capacity;
    }

    public void Add(SessionEntry entry)
    {
        entry.HoldsHost = true;
        _count++;
        Reschedule(entry);
    }

    /// <summary>Notes when time ends a session that is counted, if it is known: the session is looked at then.</summary>
    public void Reschedule(SessionEntry entry)
    {
        if (entry.HoldsHost && entry.Facts.EndsAt != SessionFacts.Never)
        {
            _ends.Enqueue(entry, entry.Facts.EndsAt);
        }
    }

    /// <summary>Notes that something other than time has ended a session, if it is counted.</summary>
    public void Release(SessionEntry entry)
    {
        if (entry.HoldsHost)
        {
            entry.HoldsHost = false;
            _count--;
        }
    }
}
