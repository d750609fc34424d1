namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>What tests have said about sessions that do not exist yet: boot times and failures. Guarded by the lock of <see cref="SessionStore"/>.</summary>
internal sealed class StartScript(SessionEmulatorOptions options)
{
    private readonly Queue<TimeSpan> _bootTimes = new(options.BootTimeSequence);
    private readonly Queue<SessionFailure> _nextFailures = new();
    private readonly Dictionary<string, SessionFailure> _failuresById = new(StringComparer.Ordinal);

    public void FailNext(SessionFailure failure, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _nextFailures.Enqueue(failure);
        }
    }

    public void Fail(string sessionId, SessionFailure failure) => _failuresById[sessionId] = failure;

    public TimeSpan TakeBootTime(EmulatedSize size) => _bootTimes.TryDequeue(out TimeSpan time) ? time : options.BootTimeOf(size);

    public SessionFailure? TakeFailure(string sessionId)
        => _failuresById.Remove(sessionId, out SessionFailure? byId) ? byId : _nextFailures.TryDequeue(out SessionFailure? next) ? next : null;
}
