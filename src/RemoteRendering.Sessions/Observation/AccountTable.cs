using RemoteRendering.Sessions.Models;

namespace RemoteRendering.Sessions.Observation;

/// <summary>
/// Stores the known state of all sessions of an account while there is a watch: one small entry for each session that has not ended.
/// Thread-safe.
/// </summary>
internal sealed class AccountTable(StoppedSessions stops)
{
    /// <summary>The number of ended sessions that are remembered, so that a stale page does not revive one.</summary>
    private const int KeptEnds = 10_000;

    private readonly object _gate = new();
    private readonly Dictionary<string, Entry> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _endOrder = new();
    private readonly List<AccountSubscription> _subscriptions = [];
    private int _round;

    public bool IsWatched
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Count > 0;
            }
        }
    }

    public void Add(AccountSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            foreach (Entry entry in _sessions.Values)
            {
                subscription.Write_NeedsLock(RenderingSessionChangeKinds.Created, null, entry.Properties, null);
            }
        }
    }

    public void Remove(AccountSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            if (_subscriptions.Count == 0)
            {
                _sessions.Clear();
                _ended.Clear();
                _endOrder.Clear();
            }
        }
    }

    /// <summary>Applies a reading of a session; returns whether it is a change.</summary>
    public bool Observe(RenderingSessionProperties heard, long sent)
    {
        lock (_gate)
        {
            if (_subscriptions.Count == 0 || _ended.Contains(heard.Id))
            {
                return false;
            }

            if (!_sessions.TryGetValue(heard.Id, out Entry entry))
            {
                if (heard.Status.IsTerminal)
                {
                    // It ended before it was first read: its whole life is one change.
                    Tell_NeedsLock(
                        RenderingSessionChangeKinds.Created | RenderingSessionChangeKinds.Ended, null, heard,
                        SessionDifference.EndReason(heard, stops.Contains(heard.Id)));
                    NoteEnd_NeedsLock(heard.Id);
                    return true;
                }

                _sessions.Add(heard.Id, new Entry(heard, sent, _round));
                Tell_NeedsLock(RenderingSessionChangeKinds.Created, null, heard, null);
                return true;
            }

            RenderingSessionProperties merged = SessionMerge.Merge(entry.Properties, heard, isNewer: sent >= entry.Sent);
            RenderingSessionChangeKinds kinds = SessionDifference.Between(entry.Properties, merged);
            if (merged.Status.IsTerminal)
            {
                _sessions.Remove(heard.Id);
                NoteEnd_NeedsLock(heard.Id);
            }
            else
            {
                _sessions[heard.Id] = new Entry(merged, Math.Max(sent, entry.Sent), _round);
            }

            if (kinds != RenderingSessionChangeKinds.None)
            {
                Tell_NeedsLock(kinds, entry.Properties, merged, SessionDifference.EndReason(merged, stops.Contains(heard.Id)));
            }

            return kinds != RenderingSessionChangeKinds.None;
        }
    }

    /// <summary>Records that the service no longer finds the session.</summary>
    public void Forget(string sessionId)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(sessionId, out Entry entry))
            {
                _sessions.Remove(sessionId);
                NoteEnd_NeedsLock(sessionId);
                RenderingSessionProperties forgotten = entry.Properties.Ended(RenderingSessionStatus.Forgotten);
                Tell_NeedsLock(
                    SessionDifference.Between(entry.Properties, forgotten), entry.Properties, forgotten,
                    RenderingSessionEndReason.Forgotten);
            }
        }
    }

    /// <summary>Starts a list; returns its round number.</summary>
    public int BeginRound()
    {
        lock (_gate)
        {
            return ++_round;
        }
    }

    /// <summary>Finds the sessions that were not read since a list started.</summary>
    public List<string> MissingSince(int round)
    {
        lock (_gate)
        {
            List<string> missing = [];
            foreach (KeyValuePair<string, Entry> pair in _sessions)
            {
                if (pair.Value.Round < round)
                {
                    missing.Add(pair.Key);
                }
            }

            return missing;
        }
    }

    public bool AnyStarting()
    {
        lock (_gate)
        {
            foreach (Entry entry in _sessions.Values)
            {
                if (entry.Properties.Status == RenderingSessionStatus.Starting)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _subscriptions.ForEach(subscription => subscription.Fail(failure));
        }
    }

    private void NoteEnd_NeedsLock(string sessionId)
    {
        _ended.Add(sessionId);
        _endOrder.Enqueue(sessionId);
        if (_endOrder.Count > KeptEnds)
        {
            _ended.Remove(_endOrder.Dequeue());
        }
    }

    private void Tell_NeedsLock(
        RenderingSessionChangeKinds kinds, RenderingSessionProperties? before, RenderingSessionProperties now,
        RenderingSessionEndReason? endReason)
        => _subscriptions.ForEach(subscription => subscription.Write_NeedsLock(kinds, before, now, endReason));

    private readonly struct Entry(RenderingSessionProperties properties, long sent, int round)
    {
        public RenderingSessionProperties Properties { get; } = properties;

        public long Sent { get; } = sent;

        public int Round { get; } = round;
    }
}
