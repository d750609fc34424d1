namespace RemoteRendering.Sessions;

/// <summary>Remembers which sessions this client has stopped lately, so that their end can be told from one that others made. Thread-safe.</summary>
internal sealed class StopNotes
{
    private const int Kept = 4096;

    private readonly object _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string sessionId)
    {
        lock (_gate)
        {
            if (_ids.Add(sessionId))
            {
                _order.Enqueue(sessionId);
                if (_order.Count > Kept)
                {
                    _ids.Remove(_order.Dequeue());
                }
            }
        }
    }

    /// <summary>The stop had no effect.</summary>
    public void Remove(string sessionId)
    {
        lock (_gate)
        {
            _ids.Remove(sessionId);
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
