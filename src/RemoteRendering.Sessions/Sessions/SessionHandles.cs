using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>The handles of a client, one for each session, held by weak references. Thread-safe.</summary>
internal sealed class SessionHandles(RemoteRenderingClient client)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, WeakReference<RenderingSession>> _handles = new(StringComparer.Ordinal);
    private readonly List<string> _creating = [];
    private int _pruneAt = 64;

    public RenderingSession GetOrAdd(RenderingSessionProperties properties, Moment sent, Moment received, bool stopOnDispose, bool isRead)
    {
        RenderingSession? handle;
        lock (_gate)
        {
            if (!_handles.TryGetValue(properties.Id, out WeakReference<RenderingSession>? reference) || !reference.TryGetTarget(out handle))
            {
                Prune_NeedsLock();
                handle = new RenderingSession(client, properties.Id);
                _handles[properties.Id] = new WeakReference<RenderingSession>(handle);
            }
        }

        if (stopOnDispose)
        {
            handle.StopWhenDisposed();
        }

        handle.Observe(properties, sent, received, isRead: isRead);
        return handle;
    }

    /// <summary>Finds the handle of a session, if the application still holds it.</summary>
    public RenderingSession? Find(string sessionId)
    {
        lock (_gate)
        {
            return _handles.TryGetValue(sessionId, out WeakReference<RenderingSession>? reference) && reference.TryGetTarget(out RenderingSession? handle) ? handle : null;
        }
    }

    /// <summary>Counts a session as held while it is being created: a list may contain it before its handle exists.</summary>
    public void BeginCreate(string sessionId)
    {
        lock (_gate)
        {
            _creating.Add(sessionId);
        }
    }

    public void EndCreate(string sessionId)
    {
        lock (_gate)
        {
            _creating.Remove(sessionId);
        }
    }

    /// <summary>Returns whether the application holds the handle of a session, or is about to get it.</summary>
    public bool Holds(string sessionId)
    {
        lock (_gate)
        {
            return _creating.Contains(sessionId) || _handles.TryGetValue(sessionId, out WeakReference<RenderingSession>? reference) && reference.TryGetTarget(out _);
        }
    }

    public void Remove(RenderingSession handle)
    {
        lock (_gate)
        {
            if (_handles.TryGetValue(handle.SessionUuid, out WeakReference<RenderingSession>? reference)
                && (!reference.TryGetTarget(out RenderingSession? current) || current == handle))
            {
                _handles.Remove(handle.SessionUuid);
            }
        }
    }

    /// <summary>
    /// Removes handles that were collected. It runs each time their number has doubled, so the amortized cost of a handle is constant.
    /// </summary>
    private void Prune_NeedsLock()
    {
        if (_handles.Count < _pruneAt)
        {
            return;
        }

        List<string> dead = [];
        foreach (KeyValuePair<string, WeakReference<RenderingSession>> pair in _handles)
        {
            if (!pair.Value.TryGetTarget(out _))
            {
                dead.Add(pair.Key);
            }
        }

        dead.ForEach(id => _handles.Remove(id));
        _pruneAt = Math.Max(64, _handles.Count * 2);
    }
}
