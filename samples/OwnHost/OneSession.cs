using System.Security.Cryptography;
using System.Text;
using RemoteRendering.Sessions.Host;

namespace OwnHost;

/// <summary>Who may bind, and until when: one session, for devices that show its token.</summary>
internal sealed class OneSession(string id, string token, TimeSpan lease) : IHostSessions
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public event Action<string>? Changed;

    public HostSessionView? Find(string sessionId)
    {
        TimeSpan left = lease - TimeProvider.System.GetElapsedTime(_started);
        return sessionId != id ? null
            : left > TimeSpan.Zero ? new HostSessionView(id, HostSessionPhase.Ready, untilChange: left)
            : new HostSessionView(id, HostSessionPhase.Expired);
    }

    /// <summary>Compares in a time that does not depend on how much of the token is right.</summary>
    public bool IsTokenValid(string? accessToken) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(accessToken ?? ""), Encoding.UTF8.GetBytes(token));

    public HostRefusal? Authorize(HostBindRequest request, string? accessToken) => IsTokenValid(accessToken)
        ? null
        : new HostRefusal(HostRefusalReason.AuthenticationFailed, "The token is not valid for this session.");

    /// <summary>Tells the host to look at the session again, for example after it was stopped.</summary>
    public void Refresh() => Changed?.Invoke(id);
}
