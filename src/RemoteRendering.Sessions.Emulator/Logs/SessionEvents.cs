using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Logs;

/// <summary>Writes what happens to the sessions of the ledger into the emulator's history.</summary>
internal sealed class SessionEvents(EmulatorHistory history) : ISessionJournal
{
    public void SessionCreated(SessionSnapshot session) => history.Append(
        "sessionCreated",
        session.SessionId,
        ("account", session.AccountId.ToString("D")),
        ("size", session.Size.ToString()),
        ("leaseMinutes", session.LeaseMinutes),
        ("bootMs", session.TimeUntilReady?.TotalMilliseconds),
        ("startFails", session.PlannedFailure?.Code));

    public void SessionExtended(SessionSnapshot session, int leaseMinutes)
        => history.Append(
            "sessionExtended", session.SessionId, ("account", session.AccountId.ToString("D")), ("leaseMinutes", leaseMinutes));

    public void SessionStopped(SessionSnapshot session)
        => history.Append(
            "sessionStopped", session.SessionId, ("account", session.AccountId.ToString("D")),
            ("hostMs", session.HostTime.TotalMilliseconds));

    public void SessionReady(SessionSnapshot session)
        => history.Append("sessionReady", session.SessionId, ("account", session.AccountId.ToString("D")));

    public void SessionFailed(SessionSnapshot session) => history.Append(
        "hostLost",
        session.SessionId,
        ("account", session.AccountId.ToString("D")),
        ("code", session.Failure?.Code),
        ("hostMs", session.HostTime.TotalMilliseconds));
}
