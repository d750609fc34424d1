using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>Sessions of a host of one's own: every token is valid, and every session is ready.</summary>
internal sealed class OpenSessions : IHostSessions
{
    public event Action<string>? Changed
    {
        add { }
        remove { }
    }

    public HostSessionView? Find(string sessionId) => new(sessionId, HostSessionPhase.Ready);

    public bool IsTokenValid(string? accessToken) => true;

    public HostRefusal? Authorize(HostBindRequest request, string? accessToken) => null;
}
