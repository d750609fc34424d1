namespace RemoteRendering.Sessions.Emulator.Host;

/// <summary>What the host must know about the sessions of the service.</summary>
internal interface IHostSessions
{
    /// <summary>Raised, with the session's id, when a session was stopped, failed, or got another lease. Raised outside of locks.</summary>
    event Action<string>? Changed;

    /// <summary>Finds a session as it is now.</summary>
    HostSessionView? Find(string sessionId);

    /// <summary>Whether a bearer token is one of this service and has not expired.</summary>
    bool IsTokenValid(string? bearer);

    /// <summary>Whether a bearer token is good for a session.</summary>
    bool IsTokenGood(string? bearer, string sessionId);
}
