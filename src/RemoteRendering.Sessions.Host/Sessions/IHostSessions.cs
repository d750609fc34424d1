namespace RemoteRendering.Sessions.Host;

/// <summary>
/// Tells a <see cref="RenderingHost"/> which sessions it serves, who may bind them, and until when. All members may be called at any time
/// from any thread. <see cref="Find"/> and <see cref="Authorize"/> are called under the lock of the session, so they must return
/// immediately. No member may throw.
/// </summary>
public interface IHostSessions
{
    /// <summary>
    /// Occurs, with the id of the session, when a session ended, or its next change is due at another time. Must be raised outside of
    /// locks.
    /// </summary>
    event Action<string>? Changed;

    /// <summary>Finds a session as it is now.</summary>
    /// <param name="sessionId">The id of the session, as a device wrote it.</param>
    /// <returns>The session; <see langword="null"/> when the host does not serve it.</returns>
    HostSessionView? Find(string sessionId);

    /// <summary>
    /// Determines whether an access token is valid, before a link is opened with it. Which sessions it is good for is decided later.
    /// </summary>
    /// <param name="accessToken">The token, without a scheme; <see langword="null"/> when there was none.</param>
    /// <returns><see langword="true"/> when a link may be opened.</returns>
    bool IsTokenValid(string? accessToken);

    /// <summary>Decides whether a device may bind a session, before the host looks at who holds it.</summary>
    /// <param name="request">The request of the device.</param>
    /// <param name="accessToken">The token with which the link was opened.</param>
    /// <returns>The refusal; <see langword="null"/> when the device may bind.</returns>
    HostRefusal? Authorize(HostBindRequest request, string? accessToken);
}
