using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>
/// Shows the sessions of the service to the host. A host goes by session ids alone; an id that two accounts use is that of the account
/// whose session came first.
/// </summary>
internal sealed class HostSessions : IHostSessions
{
    private readonly InMemorySessionLedger _ledger;
    private readonly TokenIssuer _tokens;

    public HostSessions(InMemorySessionLedger ledger, TokenIssuer tokens)
    {
        _ledger = ledger;
        _tokens = tokens;
        ledger.Changed += session => Changed?.Invoke(session.SessionId);
    }

    public event Action<string>? Changed;

    public HostSessionView? Find(string sessionId) => _ledger.Find(accountId: null, sessionId) is { } session
        ? new HostSessionView(
            session.SessionId,
            Phase(session.State),
            session.State == SessionState.Starting ? session.TimeUntilReady : session.IsEnded ? null : session.TimeUntilEnd)
        : null;

    public bool IsTokenValid(string? accessToken) => _tokens.Validate(accessToken, out _) == TokenVerdict.Valid;

    public HostRefusal? Authorize(HostBindRequest request, string? accessToken)
        => _tokens.Validate(accessToken, out TokenClaims claims) == TokenVerdict.Valid
            && _ledger.Find(claims.AccountId, request.SessionId) is not null
            ? null
            : new HostRefusal(HostRefusalReason.AuthenticationFailed, "The token is not valid for this session.");

    private static HostSessionPhase Phase(SessionState state) => state switch
    {
        SessionState.Starting => HostSessionPhase.Starting,
        SessionState.Ready => HostSessionPhase.Ready,
        SessionState.Stopped => HostSessionPhase.Stopped,
        SessionState.Expired => HostSessionPhase.Expired,
        _ => HostSessionPhase.Failed,
    };
}
