namespace RemoteRendering.Sessions.Service.Sessions.InMemory;

/// <summary>
/// One remembered session. Kept small: a hundred thousand of them must not matter. Guarded by the lock of
/// <see cref="InMemorySessionLedger"/>.
/// </summary>
internal sealed class SessionEntry(SessionCreation creation, long number, DateTimeOffset createdOn, SessionFacts facts)
{
    private readonly long _createdWallTicks = createdOn.UtcTicks;

    public SessionCreation Creation { get; } = creation;

    /// <summary>Creation order over all accounts, from 1.</summary>
    public long Number { get; } = number;

    public SessionFacts Facts { get; } = facts;

    /// <summary>Why it fails or failed; only meaningful in Error.</summary>
    public SessionFailure? Failure { get; set; }

    public SessionHostAddress? HostAddress { get; set; }

    /// <summary>Gets or sets whether the session is counted among the hosts of its size that are in use.</summary>
    public bool HoldsHost { get; set; }

    public SessionReading ReadAt(TimeSpan now) => SessionStateTable.Read(Facts, now);

    public SessionSnapshot SnapshotAt(TimeSpan now)
        => new(Creation, Number, new DateTimeOffset(_createdWallTicks, TimeSpan.Zero), Facts, now, Failure, HostAddress);

    /// <summary>
    /// Accepts a larger lease that takes effect later, or together with one that was accepted before and has not taken effect.
    /// </summary>
    public void ExtendLater(int minutes, TimeSpan now, TimeSpan at)
    {
        Facts.LaterAt = Facts.LaterAt > now && Facts.LaterAt < at ? Facts.LaterAt : at;
        TimeSpan lease = SessionSnapshot.Minutes(minutes);
        Facts.LaterLease = lease > Facts.LaterLease ? lease : Facts.LaterLease;
    }

    public void Extend(int minutes) => Facts.Lease = SessionSnapshot.Minutes(minutes);
}
