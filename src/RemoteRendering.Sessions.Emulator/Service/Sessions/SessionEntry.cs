namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>One remembered session. Kept small: a hundred thousand of them must not matter. Guarded by the lock of <see cref="SessionStore"/>.</summary>
internal sealed class SessionEntry(Guid accountId, string id, long number, EmulatedSize size, int leaseMinutes, long createdWallTicks, SessionFacts facts)
{
    public SessionFacts Facts = facts;

    public Guid AccountId { get; } = accountId;

    public string Id { get; } = id;

    /// <summary>Creation order over all accounts, from 1.</summary>
    public long Number { get; } = number;

    public EmulatedSize Size { get; } = size;

    /// <summary>What the creation asked for, to know it again when it is sent twice.</summary>
    public int CreatedLeaseMinutes { get; } = leaseMinutes;

    private int LeaseMinutes { get; set; } = leaseMinutes;

    public long CreatedWallTicks { get; } = createdWallTicks;

    /// <summary>Why it fails or failed; only meaningful in Error.</summary>
    public SessionFailure? Failure { get; set; }

    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>Gets or sets whether the session is counted among the hosts of its size that are in use.</summary>
    public bool HoldsHost { get; set; }

    /// <summary>The lease at the moment of a reading.</summary>
    public int LeaseMinutesAt(in SessionReading reading)
        => Facts.LaterAt <= reading.Now && Facts.LaterAt < reading.EndedAt ? Math.Max(LeaseMinutes, (int)(Facts.LaterLease / TimeSpan.TicksPerMinute)) : LeaseMinutes;

    /// <summary>Accepts a larger lease that takes effect later, or together with one that was accepted before and has not taken effect.</summary>
    public void ExtendLater(int minutes, long now, long at)
    {
        Facts.LaterAt = Facts.LaterAt > now ? Math.Min(Facts.LaterAt, at) : at;
        Facts.LaterLease = Math.Max(Facts.LaterLease, minutes * TimeSpan.TicksPerMinute);
    }

    public void Extend(int minutes)
    {
        LeaseMinutes = minutes;
        Facts.Lease = minutes * TimeSpan.TicksPerMinute;
    }
}
