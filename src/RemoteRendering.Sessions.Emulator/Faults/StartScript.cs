using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Sessions.InMemory;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>What tests have set for sessions that do not exist yet: boot times and failures. Thread-safe.</summary>
internal sealed class StartScript(IEnumerable<TimeSpan> bootTimes, Func<SessionSize, TimeSpan> bootTimeOf)
{
    private readonly object _gate = new();
    private readonly Queue<TimeSpan> _bootTimes = new(bootTimes);
    private readonly Queue<SessionFailure> _nextFailures = new();
    private readonly Dictionary<string, SessionFailure> _failuresById = new(StringComparer.Ordinal);

    public void FailNext(SessionFailure failure, int times)
    {
        lock (_gate)
        {
            for (int i = 0; i < times; i++)
            {
                _nextFailures.Enqueue(failure);
            }
        }
    }

    public void Fail(string sessionId, SessionFailure failure)
    {
        lock (_gate)
        {
            _failuresById[sessionId] = failure;
        }
    }

    /// <summary>Takes what is set for a session that is being created.</summary>
    public SessionStart Take(SessionCreation creation)
    {
        lock (_gate)
        {
            TimeSpan time = _bootTimes.TryDequeue(out TimeSpan scripted) ? scripted : bootTimeOf(creation.Size);
            SessionFailure? failure = _failuresById.Remove(creation.SessionId, out SessionFailure? byId)
                ? byId
                : _nextFailures.TryDequeue(out SessionFailure? next) ? next : null;
            return new SessionStart(time, failure);
        }
    }
}
