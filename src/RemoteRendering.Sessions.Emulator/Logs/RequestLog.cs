using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Emulator.Logs;

/// <summary>The last requests; the oldest go first. Thread-safe.</summary>
internal sealed class RequestLog(ServiceClock clock, int capacity)
{
    private const int MaxPathLength = 512;

    private readonly object _gate = new();
    private readonly Queue<EmulatorRequest> _entries = new();
    private long _count;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public IReadOnlyList<EmulatorRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _entries];
        }
    }

    public void Add(ServiceRequest request, RouteMatch match, int status, string? reason, string? fault, string? correlation)
    {
        string path = request.Target.Split('?', 2)[0];
        lock (_gate)
        {
            if (_entries.Count >= capacity)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(new EmulatorRequest(
                ++_count, clock.WallNow, request.Method, path.Length > MaxPathLength ? path[..MaxPathLength] : path, match, status, reason,
                fault, correlation));
        }
    }
}
