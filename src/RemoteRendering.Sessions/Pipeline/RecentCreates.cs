using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Stores the sessions that this client has created recently and that no answer of the service has shown since. A part of the service may
/// not find such a session yet, so a 404 proves nothing about it; see <see cref="ServiceFailure.IsSessionUnknown"/>. Thread-safe.
/// </summary>
internal sealed class RecentCreates(TimeProvider time)
{
    /// <summary>The longest time after a create during which a part of the service may not find the session: 10 seconds.</summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly Dictionary<string, long> _created = new(StringComparer.Ordinal);
    private readonly Queue<KeyValuePair<string, long>> _order = new();

    /// <summary>Records that a create was answered, or that it may have taken effect.</summary>
    public void Add(string sessionId)
    {
        lock (_gate)
        {
            while (_order.Count > 0 && _order.Peek() is var oldest && Left(oldest.Value) is null)
            {
                _order.Dequeue();
                if (_created.TryGetValue(oldest.Key, out long created) && created == oldest.Value)
                {
                    _created.Remove(oldest.Key);
                }
            }

            long now = time.GetTimestamp();
            _created[sessionId] = now;
            _order.Enqueue(new KeyValuePair<string, long>(sessionId, now));
        }
    }

    /// <summary>Records that a read, an update or a list has shown the session.</summary>
    public void Confirm(string sessionId)
    {
        lock (_gate)
        {
            _created.Remove(sessionId);
        }
    }

    /// <summary>Returns whether a 404 to a request that is sent now proves nothing.</summary>
    public bool Includes(string sessionId) => Left(sessionId) is not null;

    /// <summary>Returns the time until a 404 proves that there is no such session; <see langword="null"/> when it does now.</summary>
    public TimeSpan? Left(string sessionId)
    {
        lock (_gate)
        {
            return _created.TryGetValue(sessionId, out long created) ? Left(created) : null;
        }
    }

    private TimeSpan? Left(long created) => LongestLag - time.GetElapsedTime(created) is { } left && left > TimeSpan.Zero ? left : null;
}
