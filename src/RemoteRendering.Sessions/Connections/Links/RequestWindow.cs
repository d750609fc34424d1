using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Stores the requests that have an id and wait for their answers, in a ring over consecutive ids. Not thread-safe.</summary>
internal sealed class RequestWindow
{
    private HostRequest?[] _ring = new HostRequest?[8];

    /// <summary>The sizes of the answers that arrived before the answer to an earlier request, each at the index of its request.</summary>
    private int[] _sizes = new int[8];

    /// <summary>The lowest id that may still wait.</summary>
    private long _first = 1;

    private long _bytesAbove;
    private long _bytesWaiting;
    private long _bytesExpected;

    /// <summary>Gets the highest assigned id.</summary>
    public long Last { get; private set; }

    /// <summary>Gets the number of waiting requests.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the highest id up to which all requests are answered.</summary>
    public long Answered => _first - 1;

    /// <summary>
    /// Gets a value indicating whether the host keeps, or may have to keep, so many answers that no request should be added: it can drop
    /// only those up to <see cref="Answered"/>.
    /// </summary>
    public bool IsFull => Last - Answered - Count > LinkLimits.MaxAnswersAbove || _bytesAbove > LinkLimits.MaxBytesAbove
        || _bytesAbove + _bytesExpected >= LinkLimits.MaxBytesExpected || _bytesWaiting >= LinkLimits.MaxBytesWaiting;

    /// <summary>Assigns the next id to a request and stores it.</summary>
    public void Add(HostRequest request)
    {
        long id = ++Last;
        if (id - _first >= _ring.Length)
        {
            Grow();
        }

        request.SetId(id);
        _ring[id % _ring.Length] = request;
        _bytesWaiting += request.Length;
        _bytesExpected += request.ExpectedBytes;
        Count++;
    }

    /// <summary>Finds a waiting request; returns <see langword="null"/> for any other id.</summary>
    public HostRequest? Find(long id) => id < _first || id > Last ? null : _ring[id % _ring.Length];

    /// <summary>Removes a waiting request; returns <see langword="null"/> for any other id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="bytes">The size of its answer.</param>
    public HostRequest? Remove(long id, int bytes = 0)
    {
        if (id < _first || id > Last || _ring[id % _ring.Length] is not { } request)
        {
            return null;
        }

        _ring[id % _ring.Length] = null;
        _sizes[id % _ring.Length] = bytes;
        _bytesAbove += bytes;
        _bytesWaiting -= request.Length;
        _bytesExpected -= request.ExpectedBytes;
        Count--;
        while (_first <= Last && _ring[_first % _ring.Length] is null)
        {
            _bytesAbove -= _sizes[_first % _ring.Length];
            _first++;
        }

        return request;
    }

    /// <summary>Finds the first waiting request with an id greater than the given one.</summary>
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

    /// <summary>Removes all requests. Ids continue, or restart at 1.</summary>
    public List<HostRequest> TakeAll(bool restart)
    {
        var waiting = new List<HostRequest>(Count);
        for (HostRequest? request = After(0); request is not null; request = After(request.Id))
        {
            waiting.Add(request);
        }

        _ring = new HostRequest?[8];
        _sizes = new int[8];
        _bytesAbove = 0;
        _bytesWaiting = 0;
        _bytesExpected = 0;
        Last = restart ? 0 : Last;
        _first = Last + 1;
        Count = 0;
        return waiting;
    }

    /// <summary>Continues after an id, up to which no request waits: higher ids count as not assigned.</summary>
    public void ResumeAfter(long id)
    {
        Last = Math.Min(id, Last);
        _first = Last + 1;
    }

    private void Grow()
    {
        var larger = new HostRequest?[_ring.Length * 2];
        int[] sizes = new int[larger.Length];
        for (long id = _first; id < Last; id++)
        {
            larger[id % larger.Length] = _ring[id % _ring.Length];
            sizes[id % larger.Length] = _sizes[id % _ring.Length];
        }

        _ring = larger;
        _sizes = sizes;
    }
}
