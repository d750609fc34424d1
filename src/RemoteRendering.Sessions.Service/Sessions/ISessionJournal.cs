namespace RemoteRendering.Sessions.Service;

/// <summary>Receives what happens to the sessions of an <see cref="InMemorySessionLedger"/>, in the order in which it happens.</summary>
/// <remarks>
/// The ledger calls it while it holds its lock: an implementation returns quickly, does not throw, and does not call the ledger.
/// </remarks>
public interface ISessionJournal
{
    /// <summary>A session was created.</summary>
    /// <param name="session">The session after the change.</param>
    void SessionCreated(SessionSnapshot session);

    /// <summary>The lease of a session was extended.</summary>
    /// <param name="session">The session after the change.</param>
    /// <param name="leaseMinutes">The accepted total in minutes. It may take effect later than the change.</param>
    void SessionExtended(SessionSnapshot session, int leaseMinutes);

    /// <summary>A session was stopped.</summary>
    /// <param name="session">The session after the change.</param>
    void SessionStopped(SessionSnapshot session);

    /// <summary>The host of a session was reported to be ready.</summary>
    /// <param name="session">The session after the change.</param>
    void SessionReady(SessionSnapshot session);

    /// <summary>A session was ended in Error, because its host was lost or did not start.</summary>
    /// <param name="session">The session after the change.</param>
    void SessionFailed(SessionSnapshot session);
}
