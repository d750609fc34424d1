using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

internal sealed class FakeHostSessions(TimeProvider time) : IHostSessions
{
    private readonly Dictionary<string, (HostSessionPhase Phase, long? ChangesAt, HostSessionPhase Next)> _sessions = [];

    public event Action<string>? Changed;

    public HashSet<string> BadTokens { get; } = [];

    /// <summary>Called, and forgotten, by the next look for a session.</summary>
    public Action? OnNextFind { get; set; }

    public void AddReady(string id, TimeSpan lease) => Set(id, HostSessionPhase.Ready, lease, HostSessionPhase.Expired);

    public void Set(string id, HostSessionPhase phase, TimeSpan? until = null, HostSessionPhase next = HostSessionPhase.Ready)
    {
        _sessions[id] = (phase, until is { } wait ? time.GetTimestamp() + wait.Ticks : null, next);
        Changed?.Invoke(id);
    }

    public HostSessionView? Find(string sessionId)
    {
        (Action? onFind, OnNextFind) = (OnNextFind, null);
        onFind?.Invoke();
        if (!_sessions.TryGetValue(sessionId, out var session))
        {
            return null;
        }

        if (session.ChangesAt is not { } at)
        {
            return new HostSessionView(sessionId, session.Phase, null);
        }

        long rest = at - time.GetTimestamp();
        return rest > 0
            ? new HostSessionView(sessionId, session.Phase, TimeSpan.FromTicks(rest))
            : new HostSessionView(sessionId, session.Next, null);
    }

    public bool IsTokenValid(string? accessToken) => accessToken is not null;

    public HostRefusal? Authorize(HostBindRequest request, string? accessToken)
        => accessToken is not null && !BadTokens.Contains(accessToken)
        ? null
        : new HostRefusal(HostRefusalReason.AuthenticationFailed, "The token is not good for this session.");
}
