namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>
/// Counts the hosts of one size that are in use. What it costs grows with the sessions whose time has come since the last count, not with those that there are. Guarded by the lock of <see cref="SessionStore"/>.
/// </summary>
internal sealed class HostsInUse(int capacity)
{
    private readonly PriorityQueue<SessionEntry, long> _ends = new();
    private int _count;

    /// <summary>Gets how many sessions have been looked at, in all counts together.</summary>
    public long Looks { get; private set; }

    /// <summary>Whether a host is free at a moment.</summary>
    public bool HasFree(long now)
    {
        while (_ends.TryPeek(out SessionEntry? entry, out long due) && due <= now)
        {
            _ends.Dequeue();
            Looks++;
            if (!entry.HoldsHost)
            {
                continue;
            }

            if (SessionStateTable.Read(entry.Facts, now).IsActive)
            {
                // Its lease has been extended since it was put here.
                _ends.Enqueue(entry, entry.Facts.EndsAt);
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
        _ends.Enqueue(entry, entry.Facts.EndsAt);
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
