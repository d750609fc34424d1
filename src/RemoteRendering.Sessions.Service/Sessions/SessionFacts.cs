using RemoteRendering.Sessions.Service.Sessions;

namespace RemoteRendering.Sessions.Service;

/// <summary>
/// Contains everything that decides the state of a session. A moment is the time since an origin on the monotonic clock of the ledger, so
/// that a moved wall clock changes no session.
/// </summary>
public sealed class SessionFacts
{
    /// <summary>A moment that does not come.</summary>
    public static readonly TimeSpan Never = TimeSpan.MaxValue;

    /// <summary>Gets or sets the moment of the creation.</summary>
    public TimeSpan CreatedAt { get; set; }

    /// <summary>
    /// Gets or sets the moment at which the start ends: with Ready, or with Error when <see cref="Outcome"/> is a failure. The default is
    /// <see cref="Never"/>.
    /// </summary>
    public TimeSpan StartEndsAt { get; set; } = Never;

    /// <summary>Gets or sets the way the start ends.</summary>
    public StartOutcome Outcome { get; set; }

    /// <summary>Gets or sets the total lease, counted from Ready.</summary>
    public TimeSpan Lease { get; set; }

    /// <summary>Gets or sets the time the session is remembered after its end. The default is 30 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets the moment at which a client stopped the session. The default is <see cref="Never"/>.</summary>
    public TimeSpan StoppedAt { get; set; } = Never;

    /// <summary>Gets or sets the moment at which the session lost its host. The default is <see cref="Never"/>.</summary>
    public TimeSpan LostAt { get; set; } = Never;

    /// <summary>A larger lease that was accepted and takes effect at <see cref="LaterAt"/>.</summary>
    internal TimeSpan LaterLease { get; set; }

    internal TimeSpan LaterAt { get; set; } = Never;

    /// <summary>Gets when time ends the session, if nothing else does before.</summary>
    internal TimeSpan EndsAt => Outcome == StartOutcome.Boots ? Add(StartEndsAt, Lease) : StartEndsAt;

    /// <summary>When a trigger falls due in a state that was entered at a given moment.</summary>
    internal TimeSpan DueTime(SessionTrigger trigger, TimeSpan enteredAt) => trigger switch
    {
        SessionTrigger.BootDone => Outcome == StartOutcome.Boots ? StartEndsAt : Never,
        SessionTrigger.StartFailed => Outcome == StartOutcome.Fails ? StartEndsAt : Never,
        SessionTrigger.CapacityLost => Outcome == StartOutcome.LacksCapacity ? StartEndsAt : Never,
        SessionTrigger.LeaseOver => Add(enteredAt, LaterAt < Add(enteredAt, Lease) && LaterLease > Lease ? LaterLease : Lease),
        SessionTrigger.RetentionOver => Add(enteredAt, Retention),
        SessionTrigger.Stop => StoppedAt,
        SessionTrigger.HostLost => LostAt,
        SessionTrigger.Create => CreatedAt,
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "Not a trigger."),
    };

    /// <summary>Adds a duration to a moment, without overflow.</summary>
    internal static TimeSpan Add(TimeSpan moment, TimeSpan duration) => duration > Never - moment ? Never : moment + duration;
}
