using RemoteRendering.Sessions.Service.Sessions;
using RemoteRendering.Sessions.Service.Sessions.InMemory;
using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Service;

/// <summary>Stores sessions in the memory of one process. Every operation completes synchronously. Thread-safe.</summary>
public sealed class InMemorySessionLedger : ISessionLedger
{
    private readonly object _gate = new();
    private readonly Dictionary<Guid, AccountSessions> _accounts = [];
    private readonly ServiceClock _clock;
    private readonly TimeSpan _retention;
    private readonly ISessionJournal? _journal;
    private readonly Func<SessionCreation, SessionStart> _planStart;
    private readonly Dictionary<SessionSize, HostsInUse> _hosts;
    private readonly Func<SessionEntry, bool> _isActive;
    private readonly Func<SessionEntry, bool> _isForgotten;
    private long _created;

    /// <summary>Initializes a new instance of the <see cref="InMemorySessionLedger"/> class, without sessions.</summary>
    /// <param name="options">The options. Later changes to them have no effect.</param>
    /// <exception cref="ArgumentException">An option is not in its range; the message names it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public InMemorySessionLedger(InMemorySessionLedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _clock = new ServiceClock(options.TimeProvider);
        _retention = options.Retention;
        _journal = options.Journal;
        _planStart = options.PlanStart;
        _hosts = options.Capacity.ToDictionary(pair => pair.Key, pair => new HostsInUse(pair.Value));
        _isActive = entry => entry.ReadAt(_clock.Now).IsActive;
        _isForgotten = entry => entry.ReadAt(_clock.Now).State == SessionState.None;
    }

    /// <summary>Raised when something other than time changed a session that exists. Raised outside the lock.</summary>
    internal event Action<SessionSnapshot>? Changed;

    /// <summary>Gets how many sessions creations have looked at to find out whether a host is free.</summary>
    internal long LooksForHosts
    {
        get
        {
            lock (_gate)
            {
                return _hosts.Values.Sum(hosts => hosts.Looks);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<LedgerResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<LedgerResult>(cancellationToken) : new(Create(creation));
    }

    /// <inheritdoc />
    public ValueTask<SessionSnapshot?> ReadAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<SessionSnapshot?>(cancellationToken)
            : new(Find(accountId, sessionId));
    }

    /// <inheritdoc />
    public ValueTask<LedgerResult> ExtendAsync(
        Guid accountId, string sessionId, int leaseMinutes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<LedgerResult>(cancellationToken)
            : new(Extend(accountId, sessionId, leaseMinutes));
    }

    /// <inheritdoc />
    public ValueTask<LedgerResult> StopAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<LedgerResult>(cancellationToken)
            : new(Stop(accountId, sessionId));
    }

    /// <inheritdoc />
    public ValueTask<SessionPage> ListAsync(Guid accountId, long after, int pageSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<SessionPage>(cancellationToken)
            : new(List(accountId, after, pageSize));
    }

    /// <inheritdoc />
    public ValueTask<LedgerResult> ReportReadyAsync(
        Guid accountId, string sessionId, SessionHostAddress? hostAddress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<LedgerResult>(cancellationToken)
            : new(ReportReady(accountId, sessionId, hostAddress));
    }

    /// <inheritdoc />
    public ValueTask<LedgerResult> ReportFailureAsync(
        Guid accountId, string sessionId, SessionFailure failure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        ArgumentNullException.ThrowIfNull(failure);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<LedgerResult>(cancellationToken)
            : new(ReportFailure(accountId, sessionId, failure));
    }

    internal LedgerResult Create(SessionCreation creation)
    {
        lock (_gate)
        {
            TimeSpan now = _clock.Now;
            SessionSnapshot? existing = Entry_NeedsLock(creation.AccountId, creation.SessionId)?.SnapshotAt(now);
            bool isFree = SessionStateTable.Next(existing?.State ?? SessionState.None, SessionTrigger.Create) is not null;
            return isFree ? new LedgerResult(true, Add_NeedsLock(creation, now)) : new LedgerResult(false, existing);
        }
    }

    /// <summary>Finds a session of an account, or of any account when none is named.</summary>
    internal SessionSnapshot? Find(Guid? accountId, string id)
    {
        lock (_gate)
        {
            return Entry_NeedsLock(accountId, id) is { } entry ? Remembered(entry.SnapshotAt(_clock.Now)) : null;
        }
    }

    /// <summary>Extends a lease.</summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="id">The session.</param>
    /// <param name="leaseMinutes">The new total.</param>
    /// <param name="effectAfter">How long after the answer it takes effect; infinite for never.</param>
    internal LedgerResult Extend(Guid accountId, string id, int leaseMinutes, TimeSpan effectAfter = default)
        => Change(accountId, id, (Ledger: this, Minutes: leaseMinutes, After: effectAfter), static (entry, session, change) =>
        {
            if (change.Minutes <= session.LeaseMinutes
                || SessionStateTable.Answer(SessionAction.ExtendLarger, session.State) != SessionAnswer.Ok)
            {
                return null;
            }

            TimeSpan now = change.Ledger._clock.Now;
            if (change.After == TimeSpan.Zero)
            {
                entry.Extend(change.Minutes);
            }
            else if (change.After != Timeout.InfiniteTimeSpan)
            {
                entry.Extend(session.LeaseMinutes);
                entry.ExtendLater(change.Minutes, now, now + change.After);
            }

            SessionSnapshot extended = entry.SnapshotAt(now);
            if (change.After != Timeout.InfiniteTimeSpan)
            {
                change.Ledger._journal?.SessionExtended(extended, change.Minutes);
            }

            return extended;
        });

    /// <summary>Stops a session of an account, or of any account when none is named.</summary>
    internal LedgerResult Stop(Guid? accountId, string id) => Change(accountId, id, this, static (entry, session, ledger) =>
    {
        if (SessionStateTable.Next(session.State, SessionTrigger.Stop) is null)
        {
            return null;
        }

        TimeSpan now = ledger._clock.Now;
        entry.Facts.StoppedAt = now;
        ledger.Release_NeedsLock(entry);
        SessionSnapshot stopped = entry.SnapshotAt(now);
        ledger._journal?.SessionStopped(stopped);
        return stopped;
    });

    /// <summary>Ends a session of an account, or of any account when none is named, in Error.</summary>
    internal LedgerResult ReportFailure(Guid? accountId, string id, SessionFailure failure)
        => Change(accountId, id, (Ledger: this, Failure: failure), static (entry, session, change) =>
    {
        if (SessionStateTable.Next(session.State, SessionTrigger.HostLost) is null)
        {
            return null;
        }

        TimeSpan now = change.Ledger._clock.Now;
        entry.Facts.LostAt = now;
        entry.Failure = change.Failure;
        change.Ledger.Release_NeedsLock(entry);
        SessionSnapshot failed = entry.SnapshotAt(now);
        change.Ledger._journal?.SessionFailed(failed);
        return failed;
    });

    /// <summary>Every session that is still remembered, in the order of creation.</summary>
    internal IReadOnlyList<SessionSnapshot> All()
    {
        lock (_gate)
        {
            TimeSpan now = _clock.Now;
            return
            [
                .. _accounts.Values.SelectMany(account => account.All)
                    .Select(entry => entry.SnapshotAt(now))
                    .Where(session => session.State != SessionState.None)
                    .OrderBy(session => session.Number),
            ];
        }
    }

    private static SessionSnapshot? Remembered(SessionSnapshot session) => session.State == SessionState.None ? null : session;

    private LedgerResult ReportReady(Guid accountId, string id, SessionHostAddress? hostAddress)
        => Change(accountId, id, (Ledger: this, Address: hostAddress), static (entry, session, change) =>
        {
            if (SessionStateTable.Next(session.State, SessionTrigger.BootDone) is null || entry.Facts.Outcome != StartOutcome.Boots)
            {
                return null;
            }

            TimeSpan now = change.Ledger._clock.Now;
            entry.Facts.StartEndsAt = now;
            entry.HostAddress = change.Address;
            change.Ledger._hosts.GetValueOrDefault(entry.Creation.Size)?.Reschedule(entry);
            SessionSnapshot ready = entry.SnapshotAt(now);
            change.Ledger._journal?.SessionReady(ready);
            return ready;
        });

    private SessionPage List(Guid accountId, long after, int pageSize)
    {
        var page = new List<SessionSnapshot>();
        lock (_gate)
        {
            if (!_accounts.TryGetValue(accountId, out AccountSessions? account))
            {
                return new SessionPage(page, null);
            }

            TimeSpan now = _clock.Now;
            foreach (SessionEntry entry in account.ActiveAfter(after, _isActive))
            {
                SessionSnapshot session = entry.SnapshotAt(now);
                if (SessionStateTable.Answer(SessionAction.List, session.State) != SessionAnswer.Listed)
                {
                    continue;
                }

                if (page.Count == pageSize)
                {
                    return new SessionPage(page, page[^1].Number);
                }

                page.Add(session);
            }
        }

        return new SessionPage(page, null);
    }

    /// <summary>Applies a change under the lock: it gives the session after the change, or null when its condition does not hold.</summary>
    private LedgerResult Change<T>(Guid? accountId, string id, T argument, Func<SessionEntry, SessionSnapshot, T, SessionSnapshot?> apply)
    {
        SessionSnapshot? changed;
        lock (_gate)
        {
            if (Entry_NeedsLock(accountId, id) is not { } entry || Remembered(entry.SnapshotAt(_clock.Now)) is not { } session)
            {
                return new LedgerResult(false, null);
            }

            changed = apply(entry, session, argument);
            if (changed is null)
            {
                return new LedgerResult(false, session);
            }
        }

        Changed?.Invoke(changed);
        return new LedgerResult(true, changed);
    }

    private SessionEntry? Entry_NeedsLock(Guid? accountId, string id)
    {
        if (accountId is { } named)
        {
            return _accounts.TryGetValue(named, out AccountSessions? account) ? account.Find(id) : null;
        }

        foreach (AccountSessions account in _accounts.Values)
        {
            if (account.Find(id) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    private SessionSnapshot Add_NeedsLock(SessionCreation creation, TimeSpan now)
    {
        (TimeSpan startTime, SessionFailure? failure) = _planStart(creation);
        StartOutcome outcome = failure is null ? StartOutcome.Boots : StartOutcome.Fails;
        HostsInUse? hosts = _hosts.GetValueOrDefault(creation.Size);
        if (failure is null && hosts is not null && !hosts.HasFree(now))
        {
            failure = SessionFailure.LacksCapacity(creation.Size);
            outcome = StartOutcome.LacksCapacity;

            // No host will ever report.
            startTime = startTime == SessionFacts.Never ? TimeSpan.Zero : startTime;
        }

        var facts = new SessionFacts
        {
            CreatedAt = now,
            StartEndsAt = SessionFacts.Add(now, startTime),
            Outcome = outcome,
            Lease = SessionSnapshot.Minutes(creation.LeaseMinutes),
            Retention = _retention,
        };
        var entry = new SessionEntry(creation, ++_created, _clock.WallNow, facts) { Failure = failure };
        if (!_accounts.TryGetValue(creation.AccountId, out AccountSessions? account))
        {
            _accounts.Add(creation.AccountId, account = new AccountSessions());
        }

        account.Add(entry, _isForgotten);
        if (outcome != StartOutcome.LacksCapacity)
        {
            hosts?.Add(entry);
        }

        SessionSnapshot created = entry.SnapshotAt(now);
        _journal?.SessionCreated(created);
        return created;
    }

    private void Release_NeedsLock(SessionEntry entry) => _hosts.GetValueOrDefault(entry.Creation.Size)?.Release(entry);
}
