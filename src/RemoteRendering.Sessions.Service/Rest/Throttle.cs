using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Service.Rest;

/// <summary>Counts the requests of each account; the counters start anew each minute. Thread-safe.</summary>
internal sealed class Throttle(ServiceClock clock, int? requestsPerMinute)
{
    private readonly object _gate = new();
    private readonly Dictionary<Guid, int> _counts = [];
    private long _minute = -1;

    /// <summary>Counts a request; gives how long to wait when it is one too many.</summary>
    public TimeSpan? Count(Guid accountId)
    {
        if (requestsPerMinute is not { } limit)
        {
            return null;
        }

        lock (_gate)
        {
            long now = clock.Now.Ticks;
            long minute = now / TimeSpan.TicksPerMinute;
            if (minute != _minute)
            {
                _minute = minute;
                _counts.Clear();
            }

            int count = _counts.GetValueOrDefault(accountId) + 1;
            _counts[accountId] = count;
            return count > limit ? TimeSpan.FromTicks(((minute + 1) * TimeSpan.TicksPerMinute) - now) : null;
        }
    }
}
