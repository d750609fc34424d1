namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>
/// Everything that decides what a session is. Moments and durations are <see cref="TimeSpan"/> ticks on the emulator's monotonic clock, so that a moved wall clock
/// changes no session.
/// </summary>
internal record struct SessionFacts
{
    public const long Never = long.MaxValue;

    public SessionFacts()
    {
    }

    public long CreatedAt { get; init; }

    public long BootTime { get; init; }

    public StartOutcome Outcome { get; init; }

    /// <summary>The total lease since Ready. Only ever grows.</summary>
    public long Lease { get; set; }

    /// <summary>A larger lease that was accepted and takes effect at <see cref="LaterAt"/>.</summary>
    public long LaterLease { get; set; }

    public long LaterAt { get; set; } = Never;

    public long Retention { get; init; }

    public long StoppedAt { get; set; } = Never;

    public long LostAt { get; set; } = Never;

    /// <summary>Gets when time ends the session, if nothing else does before.</summary>
    public readonly long EndsAt => Outcome == StartOutcome.Boots ? Add(Add(CreatedAt, BootTime), Lease) : Add(CreatedAt, BootTime);

    /// <summary>When a trigger falls due in a state that was entered at a given moment.</summary>
    public readonly long DueTime(SessionTrigger trigger, long enteredAt) => trigger switch
    {
        SessionTrigger.BootDone => Outcome == StartOutcome.Boots ? Add(CreatedAt, BootTime) : Never,
        SessionTrigger.StartFailed => Outcome == StartOutcome.Fails ? Add(CreatedAt, BootTime) : Never,
        SessionTrigger.CapacityLost => Outcome == StartOutcome.LacksCapacity ? Add(CreatedAt, BootTime) : Never,
        SessionTrigger.LeaseOver => Add(enteredAt, LaterAt < Add(enteredAt, Lease) ? Math.Max(Lease, LaterLease) : Lease),
        SessionTrigger.RetentionOver => Add(enteredAt, Retention),
        SessionTrigger.Stop => StoppedAt,
        SessionTrigger.HostLost => LostAt,
        SessionTrigger.Create => CreatedAt,
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "Not a trigger."),
    };

    private static long Add(long moment, long duration) => duration > Never - moment ? Never : moment + duration;
}
