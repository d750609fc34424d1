using RemoteRendering.Sessions.Service.Sessions.InMemory;

namespace RemoteRendering.Sessions.Service;

/// <summary>Contains the options of an <see cref="InMemorySessionLedger"/>, which reads them when it is constructed.</summary>
public sealed class InMemorySessionLedgerOptions
{
    /// <summary>Gets or sets the clock. The default is <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets the journal that receives what happens. The default is <see langword="null"/>: none.</summary>
    public ISessionJournal? Journal { get; set; }

    /// <summary>Gets or sets the time that a session is remembered after its end; not negative. The default is 30 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Gets the number of hosts of a size; not negative. A session for which none is free ends in Error when its start time has passed. The
    /// default is empty: a size that is left out has no limit.
    /// </summary>
    public IDictionary<SessionSize, int> Capacity { get; } = new Dictionary<SessionSize, int>();

    /// <summary>
    /// Gets or sets how sessions start; called under the lock of the ledger. By default, a session is starting until its host reports.
    /// </summary>
    internal Func<SessionCreation, SessionStart> PlanStart { get; set; } = static _ => SessionStart.UntilReported;

    internal void Validate()
    {
        if (Retention < TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"{nameof(InMemorySessionLedgerOptions)}.{nameof(Retention)} must not be negative; 30 days is the default.",
                nameof(Retention));
        }

        if (Capacity.Values.Any(count => count < 0))
        {
            throw new ArgumentException(
                $"{nameof(InMemorySessionLedgerOptions)}.{nameof(Capacity)} must not be negative; leave a size out for no limit.",
                nameof(Capacity));
        }
    }
}
