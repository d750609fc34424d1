namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// How long requests have waited, without a time in each of them: now and then it notes how many there were, and what was there then is at least as old as the note. Belongs to a binding, under its lock.
/// </summary>
internal sealed class RequestAges
{
    private readonly Queue<Note> _notes = new();
    private Dictionary<long, long>? _progress;
    private Note _newest;

    /// <summary>Gets the highest id of a request that has waited too long, unless it makes progress.</summary>
    public long LateId { get; private set; }

    /// <summary>Gets the number, counted from the first request of all, up to which requests have waited too long to be sent.</summary>
    public long LateNumber { get; private set; }

    /// <summary>Notes what there is now, and finds what there was too long ago.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">How long a request may wait.</param>
    /// <param name="lastId">The highest id given out.</param>
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

    /// <summary>The host works on a request: it has as long again.</summary>
    public void NoteProgress(long id, long now) => (_progress ??= [])[id] = now;

    /// <summary>Whether a request made progress not long ago.</summary>
    public bool IsProgressing(long id, long now, TimeSpan limit, TimeProvider time)
        => _progress is not null && _progress.TryGetValue(id, out long at) && time.GetElapsedTime(at, now) < limit;

    /// <summary>A request is answered.</summary>
    public void Forget(long id)
    {
        if (_progress is { Count: > 0 })
        {
            _progress.Remove(id);
        }
    }

    /// <summary>Time that passed without a link does not count.</summary>
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

    /// <summary>All requests are gone, and ids begin anew.</summary>
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
