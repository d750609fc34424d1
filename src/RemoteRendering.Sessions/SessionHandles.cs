using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <summary>The handles of a client, one for each session, held by weak references. Thread-safe.</summary>
internal sealed class SessionHandles(RemoteRenderingClient client)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, WeakReference<RenderingSession>> _handles = new(StringComparer.Ordinal);
    private readonly List<string> _creating = [];
    private int _pruneAt = 64;

    /// <summary>
    /// Creates a session and its handle. The session counts as held from the call on, because a list may contain it before its handle
    /// exists.
    /// </summary>
    /// <param name="sessionId">The id; <see langword="null"/> when the service assigns it.</param>
    /// <param name="stopOnDispose">Whether disposing the handle stops the session.</param>
    /// <param name="create">The function that sends the request.</param>
    /// <returns>The handle, whether the call created the session, and the answer.</returns>
    public async Task<CreateRenderingSessionResult> CreateAsync(
        string? sessionId, bool stopOnDispose, Func<Task<(Response<RenderingSessionProperties> Answer, bool? WasCreated)>> create)
    {
        Moment sent = Moment.Now(client.TimeProvider);
        Hold(sessionId);
        try
        {
            (Response<RenderingSessionProperties> answer, bool? wasCreated) = await create().ConfigureAwait(false);
            RenderingSession handle = GetOrAdd(answer.Value, sent, Moment.Now(client.TimeProvider), stopOnDispose, isRead: false);
            SessionLog.CreateAnswered(client, answer.Value, wasCreated);
            if (wasCreated == true)
            {
                handle.RecordCreated(sent);
            }

            return new CreateRenderingSessionResult(handle, wasCreated, answer.GetRawResponse());
        }
        catch (RenderingOutcomeUnknownException exception) when (exception.SessionId is not null)
        {
            client.Creates.Add(exception.SessionId);
            throw;
        }
        finally
        {
            Release(sessionId);
        }
    }

    public RenderingSession GetOrAdd(RenderingSessionProperties properties, Moment sent, Moment received, bool stopOnDispose, bool isRead)
    {
        if (!isRead)
        {
            // The answer to the create does not show that the whole service has the session.
            client.Creates.Add(properties.Id);
        }

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

        handle.Observe(properties, sent, received);
        return handle;
    }

    /// <summary>Finds the handle of a session, if the application still holds it.</summary>
    public RenderingSession? Find(string sessionId)
    {
        lock (_gate)
        {
            return _handles.TryGetValue(sessionId, out WeakReference<RenderingSession>? reference)
                && reference.TryGetTarget(out RenderingSession? handle)
                ? handle
                : null;
        }
    }

    /// <summary>Returns whether the application holds the handle of a session, or is about to get it.</summary>
    public bool Holds(string sessionId)
    {
        lock (_gate)
        {
            return _creating.Contains(sessionId)
                || (_handles.TryGetValue(sessionId, out WeakReference<RenderingSession>? reference) && reference.TryGetTarget(out _));
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

    private void Hold(string? sessionId)
    {
        if (sessionId is not null)
        {
            lock (_gate)
            {
                _creating.Add(sessionId);
            }
        }
    }

    private void Release(string? sessionId)
    {
        if (sessionId is not null)
        {
            lock (_gate)
            {
                _creating.Remove(sessionId);
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
