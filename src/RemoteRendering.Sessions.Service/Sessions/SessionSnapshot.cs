using RemoteRendering.Sessions.Service.Sessions;

namespace RemoteRendering.Sessions.Service;

/// <summary>Represents a session at one moment. Immutable.</summary>
public sealed class SessionSnapshot
{
    private readonly SessionCreation _creation;
    private readonly SessionReading _reading;
    private readonly TimeSpan _startEndsAt;

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionSnapshot"/> class: computes the state of a session from its facts and the time.
    /// </summary>
    /// <param name="creation">What the creation asked for.</param>
    /// <param name="number">The position in the order of creation, from 1.</param>
    /// <param name="createdOn">The date and time of the creation.</param>
    /// <param name="facts">What has happened to the session. Read now and not kept.</param>
    /// <param name="now">The present moment, on the clock of <paramref name="facts"/>.</param>
    /// <param name="failure">The reason the session fails or failed; <see langword="null"/> for none.</param>
    /// <param name="hostAddress">The address of its host; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="creation"/> or <paramref name="facts"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is less than 1.</exception>
    public SessionSnapshot(
        SessionCreation creation, long number, DateTimeOffset createdOn, SessionFacts facts, TimeSpan now, SessionFailure? failure = null,
        SessionHostAddress? hostAddress = null)
    {
        ArgumentNullException.ThrowIfNull(creation);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        _creation = creation;
        _reading = SessionStateTable.Read(facts, now);
        _startEndsAt = facts.StartEndsAt;
        Number = number;
        CreatedOn = createdOn;
        LeaseMinutes = MinutesAt(facts, _reading);
        PlannedFailure = failure;
        HostAddress = hostAddress;
    }

    /// <summary>Gets the account that owns the session.</summary>
    public Guid AccountId => _creation.AccountId;

    /// <summary>Gets the id of the session.</summary>
    public string SessionId => _creation.SessionId;

    /// <summary>Gets the position in the order of creation, over all accounts, from 1.</summary>
    public long Number { get; }

    /// <summary>Gets the size of the host.</summary>
    public SessionSize Size => _creation.Size;

    /// <summary>Gets the date and time of the creation.</summary>
    public DateTimeOffset CreatedOn { get; }

    /// <summary>Gets the total lease in minutes that the creation asked for.</summary>
    public int CreatedLeaseMinutes => _creation.LeaseMinutes;

    /// <summary>Gets the total lease in minutes, counted from Ready.</summary>
    public int LeaseMinutes { get; }

    /// <summary>Gets the addresses of the models that the creation asked to load ahead.</summary>
    public IReadOnlyList<string> Models => _creation.Models;

    /// <summary>Gets the state. <see cref="SessionState.None"/> for a session that ended longer ago than it is remembered.</summary>
    public SessionState State => _reading.State;

    /// <summary>Gets a value indicating whether the session has ended.</summary>
    public bool IsEnded => _reading.IsEnded;

    /// <summary>Gets a value indicating whether the session has been ready, now or before its end.</summary>
    public bool HasBeenReady => _reading.ReadyAt != SessionFacts.Never;

    /// <summary>Gets the time that the host has run for the session: from Ready to now or to the end.</summary>
    public TimeSpan HostTime => _reading.HostTime;

    /// <summary>
    /// Gets the time until the start ends: zero when it has ended, <see langword="null"/> when it is not known, because the host has not
    /// reported yet.
    /// </summary>
    public TimeSpan? TimeUntilReady
        => State != SessionState.Starting ? TimeSpan.Zero : _startEndsAt == SessionFacts.Never ? null : _startEndsAt - _reading.Now;

    /// <summary>
    /// Gets the time until the lease ends the session: zero when it has ended, <see langword="null"/> while it is starting.
    /// </summary>
    public TimeSpan? TimeUntilEnd => State switch
    {
        SessionState.Ready => _reading.ReadyAt + Minutes(LeaseMinutes) - _reading.Now,
        SessionState.Starting => null,
        _ => TimeSpan.Zero,
    };

    /// <summary>Gets the reason a session in Error failed; <see langword="null"/> in every other state.</summary>
    public SessionFailure? Failure => State == SessionState.Error ? PlannedFailure : null;

    /// <summary>Gets the address of the host as it was reported; <see langword="null"/> for none.</summary>
    public SessionHostAddress? HostAddress { get; }

    /// <summary>Gets the reason the session fails or failed, also while it has not failed yet.</summary>
    internal SessionFailure? PlannedFailure { get; }

    internal static TimeSpan Minutes(int minutes) => TimeSpan.FromTicks(minutes * TimeSpan.TicksPerMinute);

    private static int MinutesAt(SessionFacts facts, in SessionReading reading)
    {
        TimeSpan lease = facts.LaterAt <= reading.Now && facts.LaterAt < reading.EndedAt && facts.LaterLease > facts.Lease
            ? facts.LaterLease
            : facts.Lease;
        return (int)(lease.Ticks / TimeSpan.TicksPerMinute);
    }
}
