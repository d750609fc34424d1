using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

internal sealed class RecordingJournal : ISessionJournal
{
    public List<string> Lines { get; } = [];

    public void SessionCreated(SessionSnapshot session) => Lines.Add($"created {session.SessionId} {session.State}");

    public void SessionExtended(SessionSnapshot session, int leaseMinutes) => Lines.Add($"extended {session.SessionId} {leaseMinutes}");

    public void SessionStopped(SessionSnapshot session) => Lines.Add($"stopped {session.SessionId} {session.State}");

    public void SessionReady(SessionSnapshot session) => Lines.Add($"ready {session.SessionId} {session.State}");

    public void SessionFailed(SessionSnapshot session) => Lines.Add($"failed {session.SessionId} {session.State}");
}
