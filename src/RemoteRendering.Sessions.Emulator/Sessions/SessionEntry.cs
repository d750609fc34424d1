namespace RemoteRendering.Sessions.Emulator;

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

    public int LeaseMinutes { get; private set; } = leaseMinutes;

    public long CreatedWallTicks { get; } = createdWallTicks;

    /// <summary>Why it fails or failed; only meaningful in Error.</summary>
    public SessionFailure? Failure { get; set; }

    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>Gets or sets whether the session is counted among the hosts of its size that are in use.</summary>
    public bool HoldsHost { get; set; }

    public void Extend(int minutes)
    {
        LeaseMinutes = minutes;
        Facts.Lease = minutes * TimeSpan.TicksPerMinute;
    }
}
