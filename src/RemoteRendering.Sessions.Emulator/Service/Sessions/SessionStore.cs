namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>
/// The one state that both generations of the service, the host and the control calls share. Thread-safe; holds facts only, and reads them through
/// <see cref="SessionStateTable"/>.
/// </summary>
internal sealed class SessionStore
{
    private readonly object _gate = new();
    private readonly Dictionary<Guid, AccountSessions> _accounts = [];
    private readonly EmulatorClock _clock;
    private readonly SessionEmulatorOptions _options;
    private readonly EmulatorHistory _history;
    private readonly StartScript _script;
    private readonly Dictionary<EmulatedSize, HostsInUse> _hosts;
    private readonly Func<SessionEntry, bool> _isActive;
    private readonly Func<SessionEntry, bool> _isForgotten;
    private long _created;

    public SessionStore(EmulatorClock clock, SessionEmulatorOptions options, EmulatorHistory history, IEnumerable<Guid> accountIds)
    {
        _clock = clock;
        _options = options;
        _history = history;
        _script = new StartScript(options);
        _hosts = options.Capacity.ToDictionary(pair => pair.Key, pair => new HostsInUse(pair.Value));
        _isActive = entry => Read(entry, _clock.Now).IsActive;
        _isForgotten = entry => Read(entry, _clock.Now).State == EmulatedSessionState.None;
        foreach (Guid id in accountIds)
        {
            _accounts.Add(id, new AccountSessions());
        }
    }

    /// <summary>Raised when something other than time changed a session: a stop, a loss, another lease. Raised outside the lock.</summary>
    public event Action<SessionView>? Changed;

    /// <summary>Gets how many sessions creations have looked at to find out whether a host is free.</summary>
    public long LooksForHosts
    {
        get
        {
            lock (_gate)
            {
                return _hosts.Values.Sum(hosts => hosts.Looks);
            }
        }
    }

    /// <summary>Finds a session of an account, or of any account when none is named.</summary>
    public SessionView? Find(Guid? accountId, string id)
    {
        lock (_gate)
        {
            return Entry_NeedsLock(accountId, id) is { } entry && View_NeedsLock(entry) is { State: not EmulatedSessionState.None } view ? view : null;
        }
    }

    public SessionResult Read(Guid accountId, string id) => Find(accountId, id) is { } view
        ? new SessionResult(SessionStateTable.Answer(SessionAction.Read, view.State), view)
        : new SessionResult(SessionStateTable.Answer(SessionAction.Read, EmulatedSessionState.None), default);

    public SessionResult Create(Guid accountId, string id, EmulatedSize size, int leaseMinutes, IReadOnlyList<string>? models = null)
    {
        SessionResult result;
        lock (_gate)
        {
            AccountSessions account = _accounts[accountId];
            SessionView? existing = account.Find(id) is { } found ? View_NeedsLock(found) : null;
            EmulatedSessionState state = existing?.State ?? EmulatedSessionState.None;
            bool same = existing is { } view && view.Size == size && (leaseMinutes == view.Entry.CreatedLeaseMinutes || leaseMinutes == view.LeaseMinutes);
            SessionAnswer answer = SessionStateTable.Answer(same ? SessionAction.CreateSame : SessionAction.CreateOther, state);
            result = new SessionResult(answer, answer == SessionAnswer.Created ? Add_NeedsLock(account, accountId, id, size, leaseMinutes, models) : existing!.Value);
        }

        return result;
    }

    /// <summary>Extends a lease.</summary>
    /// <param name="accountId">Whose session.</param>
    /// <param name="id">The session.</param>
    /// <param name="leaseMinutes">The new total.</param>
    /// <param name="effectAfter">How long after the answer it takes effect; infinite for never.</param>
    public SessionResult Extend(Guid accountId, string id, int leaseMinutes, TimeSpan effectAfter = default)
    {
        SessionResult result;
        lock (_gate)
        {
            SessionEntry? entry = Entry_NeedsLock(accountId, id);
            SessionView view = entry is null ? default : View_NeedsLock(entry);
            SessionAnswer answer = SessionStateTable.Answer(
                entry is not null && leaseMinutes > view.LeaseMinutes ? SessionAction.ExtendLarger : SessionAction.ExtendNotLarger, view.State);
            if (answer == SessionAnswer.Ok)
            {
                Extend_NeedsLock(entry!, view, leaseMinutes, effectAfter);
                view = View_NeedsLock(entry!);
                if (effectAfter != Timeout.InfiniteTimeSpan)
                {
                    _history.Append("sessionExtended", id, ("account", accountId.ToString("D")), ("leaseMinutes", leaseMinutes));
                }
            }

            result = new SessionResult(answer, view);
        }

        RaiseIf(result.Answer == SessionAnswer.Ok, result.View);
        return result;
    }

    public SessionResult Stop(Guid accountId, string id)
    {
        SessionResult result;
        bool stopped = false;
        lock (_gate)
        {
            SessionEntry? entry = Entry_NeedsLock(accountId, id);
            SessionView view = entry is null ? default : View_NeedsLock(entry);
            if (entry is not null && SessionStateTable.Next(view.State, SessionTrigger.Stop) is not null)
            {
                entry.Facts.StoppedAt = view.Reading.Now;
                Release_NeedsLock(entry);
                view = View_NeedsLock(entry);
                stopped = true;
                _history.Append("sessionStopped", id, ("account", accountId.ToString("D")), ("hostMs", view.Reading.HostTime.TotalMilliseconds));
            }

            result = new SessionResult(SessionStateTable.Answer(SessionAction.Stop, entry is null ? EmulatedSessionState.None : view.State), view);
        }

        RaiseIf(stopped, result.View);
        return result;
    }

    /// <summary>Takes the host away from a session that is starting or ready; false when there is no such session.</summary>
    public bool LoseHost(Guid accountId, string id, SessionFailure failure)
    {
        SessionView view;
        lock (_gate)
        {
            if (Entry_NeedsLock(accountId, id) is not { } entry || SessionStateTable.Next(View_NeedsLock(entry).State, SessionTrigger.HostLost) is null)
            {
                return false;
            }

            entry.Facts.LostAt = _clock.Now;
            Release_NeedsLock(entry);
            entry.Failure = failure;
            view = View_NeedsLock(entry);
            _history.Append("hostLost", id, ("account", accountId.ToString("D")), ("code", failure.Code), ("hostMs", view.Reading.HostTime.TotalMilliseconds));
        }

        RaiseIf(true, view);
        return true;
    }

    public void FailNextStarts(SessionFailure failure, int times)
    {
        lock (_gate)
        {
            _script.FailNext(failure, times);
        }
    }

    public void FailStart(string sessionId, SessionFailure failure)
    {
        lock (_gate)
        {
            _script.Fail(sessionId, failure);
        }
    }

    /// <summary>A page of the sessions that are Starting or Ready, in the order of their creation.</summary>
    /// <param name="accountId">Whose sessions.</param>
    /// <param name="after">The number that the page before ended with; 0 for the first page.</param>
    /// <param name="pageSize">How many at most.</param>
    public SessionListing List(Guid accountId, long after, int pageSize)
    {
        var page = new List<SessionView>();
        lock (_gate)
        {
            foreach (SessionEntry entry in _accounts[accountId].ActiveAfter(after, _isActive))
            {
                SessionView view = View_NeedsLock(entry);
                if (SessionStateTable.Answer(SessionAction.List, view.State) != SessionAnswer.Listed)
                {
                    continue;
                }

                if (page.Count == pageSize)
                {
                    return new SessionListing(page, page[^1].Entry.Number);
                }

                page.Add(view);
            }
        }

        return new SessionListing(page, null);
    }

    /// <summary>Every session that is still remembered, in the order of creation.</summary>
    public IReadOnlyList<SessionView> All()
    {
        lock (_gate)
        {
            return [.. _accounts.Values.SelectMany(account => account.All).Select(View_NeedsLock).Where(view => view.State != EmulatedSessionState.None).OrderBy(view => view.Entry.Number)];
        }
    }

    private static SessionReading Read(SessionEntry entry, long now) => SessionStateTable.Read(entry.Facts, now);

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

    private static void Extend_NeedsLock(SessionEntry entry, in SessionView view, int leaseMinutes, TimeSpan effectAfter)
    {
        if (effectAfter == TimeSpan.Zero)
        {
            entry.Extend(leaseMinutes);
        }
        else if (effectAfter != Timeout.InfiniteTimeSpan)
        {
            entry.Extend(view.LeaseMinutes);
            entry.ExtendLater(leaseMinutes, view.Reading.Now, view.Reading.Now + effectAfter.Ticks);
        }
    }

    private SessionView View_NeedsLock(SessionEntry entry)
    {
        SessionReading reading = Read(entry, _clock.Now);
        return new SessionView(entry, reading, entry.LeaseMinutesAt(reading), entry.Failure);
    }

    private SessionView Add_NeedsLock(AccountSessions account, Guid accountId, string id, EmulatedSize size, int leaseMinutes, IReadOnlyList<string>? models)
    {
        TimeSpan bootTime = _script.TakeBootTime(size);
        SessionFailure? failure = _script.TakeFailure(id);
        StartOutcome outcome = failure is null ? StartOutcome.Boots : StartOutcome.Fails;
        HostsInUse? hosts = _hosts.GetValueOrDefault(size);
        if (failure is null && hosts is not null && !hosts.HasFree(_clock.Now))
        {
            failure = SessionFailure.LacksCapacity(size);
            outcome = StartOutcome.LacksCapacity;
        }

        var facts = new SessionFacts
        {
            CreatedAt = _clock.Now,
            BootTime = bootTime.Ticks,
            Outcome = outcome,
            Lease = leaseMinutes * TimeSpan.TicksPerMinute,
            Retention = _options.Retention.Ticks,
        };
        var entry = new SessionEntry(accountId, id, ++_created, size, leaseMinutes, _clock.WallNow.UtcTicks, facts) { Failure = failure, Models = models ?? [] };
        account.Add(entry, _isForgotten);
        if (outcome != StartOutcome.LacksCapacity)
        {
            hosts?.Add(entry);
        }

        _history.Append(
            "sessionCreated",
            id,
            ("account", accountId.ToString("D")),
            ("size", size.ToString()),
            ("leaseMinutes", leaseMinutes),
            ("bootMs", bootTime.TotalMilliseconds),
            ("startFails", failure?.Code));
        return View_NeedsLock(entry);
    }

    private void Release_NeedsLock(SessionEntry entry) => _hosts.GetValueOrDefault(entry.Size)?.Release(entry);

    private void RaiseIf(bool changed, SessionView view)
    {
        if (changed)
        {
            Changed?.Invoke(view);
        }
    }
}
