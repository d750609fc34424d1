using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <content>What a test sees of the emulator, and does to it behind the client's back.</content>
public sealed partial class SessionEmulator
{
    /// <summary>Gets what goes wrong with requests.</summary>
    public EmulatorFaults Faults => _parts.Faults;

    /// <summary>Gets what goes wrong with the links to the host.</summary>
    public HostFaults HostFaults => _parts.HostFaults;

    /// <summary>Gets what happened, as JSON lines.</summary>
    public EmulatorHistory History => _parts.History;

    /// <summary>Gets the last requests, oldest first, with the reason of every refusal. A copy.</summary>
    public IReadOnlyList<EmulatorRequest> Requests => _parts.Requests.Snapshot();

    /// <summary>Gets how many requests there have been, those that have left the log included.</summary>
    public long RequestCount => _parts.Requests.Count;

    /// <summary>Gets every session that is remembered, of all accounts, in the order of creation. A copy.</summary>
    public IReadOnlyList<EmulatedSession> Sessions => [.. _parts.Sessions.All().Select(session => new EmulatedSession(session))];

    /// <summary>Finds a session as it is now.</summary>
    /// <param name="sessionId">Its id.</param>
    /// <param name="accountId">Its account; <see langword="null"/> for any.</param>
    /// <returns>The session, or <see langword="null"/> when none is remembered.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sessionId"/> is null.</exception>
    public EmulatedSession? FindSession(string sessionId, Guid? accountId = null)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        return _parts.Sessions.Find(accountId, sessionId) is { } session ? new EmulatedSession(session) : null;
    }

    /// <summary>Stops a session as another client would.</summary>
    /// <param name="sessionId">Its id.</param>
    /// <returns>Whether there is such a session; one that has ended already counts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sessionId"/> is null.</exception>
    public bool StopSession(string sessionId)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        return _parts.Sessions.Stop(null, sessionId).Session is not null;
    }

    /// <summary>Takes its host away from a session, which ends in Error.</summary>
    /// <param name="sessionId">Its id.</param>
    /// <param name="code">The code in the session's error.</param>
    /// <param name="message">The text in the session's error.</param>
    /// <returns>Whether there was such a session and it had not ended.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public bool LoseHost(string sessionId, string code = "HostLost", string message = "The rendering host was lost.")
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        var failure = new SessionFailure(NotNull(code, nameof(code)), NotNull(message, nameof(message)));
        return _parts.Sessions.ReportFailure(null, sessionId, failure).IsApplied;
    }

    /// <summary>Lets the next sessions that are created fail to start: they end in Error when their boot time has passed.</summary>
    /// <param name="times">How many; at least 1.</param>
    /// <param name="code">The code in the session's error.</param>
    /// <param name="message">The text in the session's error.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public void FailNextStart(int times = 1, string code = "StartupFailed", string message = "The rendering host could not be started.")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _parts.Starts.FailNext(new SessionFailure(NotNull(code, nameof(code)), NotNull(message, nameof(message))), times);
    }

    /// <summary>Lets a session that is yet to be created fail to start.</summary>
    /// <param name="sessionId">The id that it will have.</param>
    /// <param name="code">The code in the session's error.</param>
    /// <param name="message">The text in the session's error.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void FailStart(string sessionId, string code = "StartupFailed", string message = "The rendering host could not be started.")
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        _parts.Starts.Fail(sessionId, new SessionFailure(NotNull(code, nameof(code)), NotNull(message, nameof(message))));
    }

    /// <summary>Makes an access token, as the token service would.</summary>
    /// <param name="validFor">
    /// How long it is good; <see langword="null"/> for the configured lifetime, negative for one that has expired.
    /// </param>
    /// <param name="accountId">Whom it is for; <see langword="null"/> for the well-known account.</param>
    /// <returns>The token.</returns>
    public string CreateAccessToken(TimeSpan? validFor = null, Guid? accountId = null)
        => _parts.Tokens.Issue(accountId ?? WellKnownAccountId, validFor);

    /// <summary>Makes every access token that has been given out worthless: it is answered with 401 from now on.</summary>
    public void RevokeTokens() => _parts.Tokens.Revoke();

    /// <summary>Adds up what the sessions have cost so far.</summary>
    /// <returns>The report, as of now.</returns>
    public EmulatorCostReport GetCostReport() => new(_parts.Sessions.All());

    private static string NotNull(string value, string name) => value ?? throw new ArgumentNullException(name);
}
