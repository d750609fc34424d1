using RemoteRendering.Sessions.Emulator.Service.Sessions;
using RemoteRendering.Sessions.Emulator.Service.Tokens;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>Shows the sessions of the service to the host. A host goes by session ids alone; an id that two accounts use is that of the account whose session came first.</summary>
internal sealed class HostSessions : IHostSessions
{
    private readonly SessionStore _store;
    private readonly TokenIssuer _tokens;

    public HostSessions(SessionStore store, TokenIssuer tokens)
    {
        _store = store;
        _tokens = tokens;
        store.Changed += view => Changed?.Invoke(view.Id);
    }

    public event Action<string>? Changed;

    public HostSessionView? Find(string sessionId) => _store.Find(accountId: null, sessionId) is { } view
        ? new HostSessionView(view.Id, Phase(view.State), view.State == EmulatedSessionState.Starting ? view.TimeUntilReady : view.Reading.IsEnded ? null : view.TimeUntilEnd)
        : null;

    public bool IsTokenValid(string? accessToken) => _tokens.Validate(accessToken, out _) == TokenVerdict.Valid;

    public HostRefusal? Authorize(HostBindRequest request, string? accessToken) =>
        _tokens.Validate(accessToken, out TokenClaims claims) == TokenVerdict.Valid && _store.Find(claims.AccountId, request.SessionId) is not null
            ? null
            : new HostRefusal(HostRefusalReason.AuthenticationFailed, "The token is not good for this session.");

    private static HostSessionPhase Phase(EmulatedSessionState state) => state switch
    {
        EmulatedSessionState.Starting => HostSessionPhase.Starting,
        EmulatedSessionState.Ready => HostSessionPhase.Ready,
        EmulatedSessionState.Stopped => HostSessionPhase.Stopped,
        EmulatedSessionState.Expired => HostSessionPhase.Expired,
        _ => HostSessionPhase.Failed,
    };
}
