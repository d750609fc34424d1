namespace RemoteRendering.Sessions.Observation;

/// <summary>
/// Stores the sessions that this client has stopped recently, to distinguish their end from a stop by another client. Thread-safe.
/// </summary>
internal sealed class StoppedSessions
{
    private const int Kept = 4096;

    private readonly object _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _order = new();

    /// <summary>Records a stop; returns whether it was not recorded before.</summary>
    public bool Add(string sessionId)
    {
        lock (_gate)
        {
            if (!_ids.Add(sessionId))
            {
                return false;
            }

            _order.AddLast(sessionId);
            if (_order.Count > Kept)
            {
                _ids.Remove(_order.First!.Value);
                _told.Remove(_order.First.Value);
                _order.RemoveFirst();
            }

            return true;
        }
    }

    /// <summary>Removes the record of a stop without effect.</summary>
    public void Remove(string sessionId)
    {
        lock (_gate)
        {
            _ids.Remove(sessionId);
            _told.Remove(sessionId);
            _order.Remove(sessionId);
        }
    }

    /// <summary>Records that a stop is logged; returns whether it was not logged before.</summary>
    public bool Tell(string sessionId)
    {
        lock (_gate)
        {
            return _ids.Contains(sessionId) && _told.Add(sessionId);
        }
    }

    public bool Contains(string sessionId)
    {
        lock (_gate)
        {
            return _ids.Contains(sessionId);
        }
    }
}
