using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>The sessions of a host, some of which refuse devices on demand.</summary>
internal sealed class FaultySessions(IHostSessions sessions, HostFaults faults) : IHostSessions
{
    public event Action<string>? Changed
    {
        add => sessions.Changed += value;
        remove => sessions.Changed -= value;
    }

    public HostSessionView? Find(string sessionId) => sessions.Find(sessionId);

    public bool IsTokenValid(string? accessToken) => sessions.IsTokenValid(accessToken);

    public HostRefusal? Authorize(HostBindRequest request, string? accessToken)
        => faults.RefuseNextBind() ?? sessions.Authorize(request, accessToken);
}
