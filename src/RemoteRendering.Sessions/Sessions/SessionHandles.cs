using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>The handles a client has given out: one for each session, kept only as long as somebody uses it. Thread-safe.</summary>
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

    /// <summary>Finds the handle of a session, if a component holds it.</summary>
    public RenderingSession? Find(string sessionId)
    {
        lock (_gate)
        {
            return _handles.TryGetValue(sessionId, out WeakReference<RenderingSession>? reference) && reference.TryGetTarget(out RenderingSession? handle) ? handle : null;
        }
    }

    /// <summary>A session is being created, and counts as held from now on: it may be in a list before its handle is here.</summary>
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

    /// <summary>Whether somebody holds the handle of a session, or is about to.</summary>
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

    /// <summary>Forgets handles that nobody holds any more, each time their number has doubled: at a constant cost for each handle made.</summary>
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
