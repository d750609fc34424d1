namespace RemoteRendering.Sessions.Service;

/// <summary>Stores the sessions of a service. Each operation is one change of the domain, and atomic.</summary>
/// <remarks>
/// <para>
/// An operation checks its condition and makes its change in one step that no other operation can divide: a method call under a lock, or
/// one statement of a database. The service never reads a session first to decide about a change. An operation whose condition does not
/// hold changes nothing, and returns the session as it is.
/// </para>
/// <para>
/// The state of a session is computed from its facts and the clock of the ledger (<see cref="SessionFacts"/>,
/// <see cref="SessionSnapshot"/>), never stored: a session becomes Expired because time passes, not because a timer ran. One ledger has one
/// clock; several processes that share a ledger share its clock too.
/// </para>
/// <para>
/// An operation that was applied stays applied when its caller cancels or its answer is lost. Repeating it is safe: a creation finds its
/// own session, an extension finds the lease at its value, a stop finds the session stopped. All members are safe for concurrent calls.
/// </para>
/// </remarks>
public interface ISessionLedger
{
    /// <summary>Creates a session, unless one with its id is remembered.</summary>
    /// <param name="creation">What the session should be.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Applied with the new session, or not applied with the session that has the id, which may have ended.</returns>
    ValueTask<LedgerResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default);

    /// <summary>Reads a session.</summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The session; <see langword="null"/> when none is remembered.</returns>
    ValueTask<SessionSnapshot?> ReadAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Extends the lease of a session that has not ended, when the new total is larger than the current one.</summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="leaseMinutes">The new total lease in minutes, counted from Ready.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// Applied with the session after the change; not applied when it has ended, or its lease is not smaller; no session when none is
    /// remembered.
    /// </returns>
    ValueTask<LedgerResult> ExtendAsync(Guid accountId, string sessionId, int leaseMinutes, CancellationToken cancellationToken = default);

    /// <summary>Stops a session that has not ended.</summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Applied with the stopped session; not applied when it had ended; no session when none is remembered.</returns>
    ValueTask<LedgerResult> StopAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Lists the sessions of an account that are Starting or Ready, in the order of their creation.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="after">The number that the page before ended with; 0 for the first page.</param>
    /// <param name="pageSize">The largest number of sessions in the page; at least 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The page. A session that exists throughout is on exactly one page, whatever starts or ends between them.</returns>
    ValueTask<SessionPage> ListAsync(Guid accountId, long after, int pageSize, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that the host of a session that is starting accepts connections: the session becomes Ready, and its lease begins.
    /// </summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="hostAddress">The address for devices; <see langword="null"/> when the service derives it from the request.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// Applied with the session, which is Ready; not applied when it was not starting, or has no host; no session when none is remembered.
    /// </returns>
    ValueTask<LedgerResult> ReportReadyAsync(
        Guid accountId, string sessionId, SessionHostAddress? hostAddress, CancellationToken cancellationToken = default);

    /// <summary>Records that a session that has not ended has no host any more, or gets none: the session ends in Error.</summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="failure">The reason.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Applied with the session, which is in Error; not applied when it had ended; no session when none is remembered.</returns>
    ValueTask<LedgerResult> ReportFailureAsync(
        Guid accountId, string sessionId, SessionFailure failure, CancellationToken cancellationToken = default);
}
