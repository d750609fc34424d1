namespace RemoteRendering.Sessions.Service.Sessions.InMemory;

/// <summary>The sessions of one account. Guarded by the lock of <see cref="InMemorySessionLedger"/>.</summary>
internal sealed class AccountSessions
{
    private const int SmallestSweep = 1024;

    private readonly Dictionary<string, SessionEntry> _byId = new(StringComparer.Ordinal);
    private readonly List<SessionEntry> _active = [];
    private int _nextSweep = SmallestSweep;

    /// <summary>Every session that is in memory, in no order; some may be due to be forgotten.</summary>
    public IEnumerable<SessionEntry> All => _byId.Values;

    public SessionEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds a session; sessions come in the order of their numbers.</summary>
    /// <param name="entry">The session.</param>
    /// <param name="isForgotten">Whether a session is over and beyond memory.</param>
    public void Add(SessionEntry entry, Func<SessionEntry, bool> isForgotten)
    {
        // Forgetting costs one walk each time the number of sessions has doubled, so a creation stays cheap however many there are.
        if (_byId.Count >= _nextSweep)
        {
            _active.RemoveAll(entry => isForgotten(entry));
            foreach (SessionEntry forgotten in _byId.Values.Where(isForgotten).ToList())
            {
                _byId.Remove(forgotten.Creation.SessionId);
            }

            _nextSweep = Math.Max(SmallestSweep, 2 * _byId.Count);
        }

        _byId[entry.Creation.SessionId] = entry;
        _active.Add(entry);
    }

    /// <summary>The sessions after a number that have not been seen to end, in order.</summary>
    /// <param name="number">The number; 0 begins at the start, and takes the sessions that have ended out of the list for good.</param>
    /// <param name="isActive">Whether a session has not ended.</param>
    public IEnumerable<SessionEntry> ActiveAfter(long number, Func<SessionEntry, bool> isActive)
    {
        if (number == 0)
        {
            _active.RemoveAll(entry => !isActive(entry));
        }

        for (int i = FirstAfter(number); i < _active.Count; i++)
        {
            yield return _active[i];
        }
    }

    private int FirstAfter(long number)
    {
        int low = 0;
        int high = _active.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_active[middle].Number <= number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
