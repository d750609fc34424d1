namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// Tracks the age of requests without a timestamp in each: it periodically records the number of requests, and a request that existed then
/// is at least as old as the record. Used by a binding, under its lock.
/// </summary>
internal sealed class RequestAges
{
    private readonly Queue<Note> _notes = new();
    private Dictionary<long, long>? _progress;
    private Note _newest;

    /// <summary>Gets the highest id of requests that have waited too long, unless they make progress.</summary>
    public long LateId { get; private set; }

    /// <summary>Gets the number, counted from the first request, up to which requests have waited too long to be sent.</summary>
    public long LateNumber { get; private set; }

    /// <summary>Records the present requests, and finds those that were recorded too long ago.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">The time-out of requests.</param>
    /// <param name="lastId">The highest assigned id.</param>
    /// <param name="requests">The number of requests so far.</param>
    /// <param name="time">The clock.</param>
    public void Look(long now, TimeSpan limit, long lastId, long requests, TimeProvider time)
    {
        if (lastId != _newest.LastId || requests != _newest.Requests)
        {
            _newest = new Note(now, lastId, requests);
            _notes.Enqueue(_newest);
        }

        while (_notes.Count > 0 && time.GetElapsedTime(_notes.Peek().Time, now) >= limit)
        {
            Note note = _notes.Dequeue();
            LateId = note.LastId;
            LateNumber = note.Requests;
        }
    }

    /// <summary>Records progress of a request, which restarts its time-out.</summary>
    public void NoteProgress(long id, long now) => (_progress ??= [])[id] = now;

    /// <summary>Returns whether a request made progress within the limit.</summary>
    public bool IsProgressing(long id, long now, TimeSpan limit, TimeProvider time)
        => _progress is not null && _progress.TryGetValue(id, out long at) && time.GetElapsedTime(at, now) < limit;

    /// <summary>Removes an answered request.</summary>
    public void Forget(long id)
    {
        if (_progress is { Count: > 0 })
        {
            _progress.Remove(id);
        }
    }

    /// <summary>Excludes the time that passed without a link.</summary>
    public void Shift(long ticks)
    {
        for (int left = _notes.Count; left > 0; left--)
        {
            Note note = _notes.Dequeue();
            _notes.Enqueue(new Note(note.Time + ticks, note.LastId, note.Requests));
        }

        foreach (long id in _progress?.Keys.ToArray() ?? [])
        {
            _progress![id] += ticks;
        }
    }

    /// <summary>Clears all records when ids restart.</summary>
    public void Clear()
    {
        _notes.Clear();
        _progress = null;
        _newest = default;
        LateId = 0;
    }

    private readonly struct Note(long time, long lastId, long requests)
    {
        public long Time => time;

        public long LastId => lastId;

        public long Requests => requests;
    }
}
