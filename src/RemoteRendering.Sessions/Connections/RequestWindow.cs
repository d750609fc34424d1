namespace RemoteRendering.Sessions;

/// <summary>The requests that have an id and wait for their answers: a ring over consecutive ids. Not thread-safe.</summary>
internal sealed class RequestWindow
{
    private HostRequest?[] _ring = new HostRequest?[8];

    /// <summary>The lowest id that may still wait.</summary>
    private long _first = 1;

    /// <summary>Gets the highest id given out.</summary>
    public long Last { get; private set; }

    /// <summary>Gets how many requests wait.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the highest id such that it and all before it are answered.</summary>
    public long Answered => _first - 1;

    /// <summary>Gives a request the next id and keeps it.</summary>
    public void Add(HostRequest request)
    {
        long id = ++Last;
        if (id - _first >= _ring.Length)
        {
            Grow();
        }

        request.SetId(id);
        _ring[id % _ring.Length] = request;
        Count++;
    }

    /// <summary>Finds a request that waits; any other id gives <see langword="null"/>.</summary>
    public HostRequest? Find(long id) => id < _first || id > Last ? null : _ring[id % _ring.Length];

    /// <summary>Takes a request out. An id that does not wait, or not any more, gives <see langword="null"/>.</summary>
    public HostRequest? Remove(long id)
    {
        if (id < _first || id > Last || _ring[id % _ring.Length] is not { } request)
        {
            return null;
        }

        _ring[id % _ring.Length] = null;
        Count--;
        while (_first <= Last && _ring[_first % _ring.Length] is null)
        {
            _first++;
        }

        return request;
    }

    /// <summary>Finds the first request that waits and has an id above the one given.</summary>
    public HostRequest? After(long id)
    {
        for (long next = Math.Max(id + 1, _first); next <= Last; next++)
        {
            if (_ring[next % _ring.Length] is { } request)
            {
                return request;
            }
        }

        return null;
    }

    /// <summary>Takes everything out. Ids go on, or begin with 1 again.</summary>
    public List<HostRequest> TakeAll(bool restart)
    {
        var waiting = new List<HostRequest>(Count);
        for (HostRequest? request = After(0); request is not null; request = After(request.Id))
        {
            waiting.Add(request);
        }

        _ring = new HostRequest?[8];
        Last = restart ? 0 : Last;
        _first = Last + 1;
        Count = 0;
        return waiting;
    }

    /// <summary>Goes on behind an id, below which nothing waits: ids above it have not been used after all.</summary>
    public void GoOnAfter(long id)
    {
        Last = Math.Min(id, Last);
        _first = Last + 1;
    }

    private void Grow()
    {
        var larger = new HostRequest?[_ring.Length * 2];
        foreach (HostRequest? request in _ring)
        {
            if (request is not null)
            {
                larger[request.Id % larger.Length] = request;
            }
        }

        _ring = larger;
    }
}
