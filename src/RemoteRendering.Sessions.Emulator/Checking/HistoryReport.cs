namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>Collects findings while a history is read.</summary>
internal sealed class HistoryReport(double toleranceMs, bool isTail)
{
    /// <summary>Times have four decimals, which binary fractions do not hold exactly: half of the last one is not late.</summary>
    private const double RoundingMs = 0.00005;

    private readonly List<(HistoryFinding Finding, double From, double Until, double AllowedMs)> _findings = [];
    private readonly HostSleeps _sleeps = new();

    /// <summary>Gets what is wrong. What is late because the host slept is not, and that may be written down behind it.</summary>
    public IReadOnlyList<HistoryFinding> Findings =>
        [
            .. _findings.Where(found => found.Until - found.From - _sleeps.Within(found.From, found.Until) > found.AllowedMs)
            .Select(found => found.Finding)
        ];

    /// <summary>Gets how late something may be that is due at a time, in milliseconds.</summary>
    public double ToleranceMs => toleranceMs + RoundingMs;

    /// <summary>Gets whether the beginning of the history is not there, so that what it tells of may have begun before.</summary>
    public bool IsTail => isTail;

    public void Add(HistoryFinding finding) => _findings.Add((finding, 0, 0, double.NegativeInfinity));

    public void Add(HistoryRule rule, string message, params HistoryEntry?[] entries) =>
        Add(new HistoryFinding(rule, message, [.. entries.OfType<HistoryEntry>()]));

    /// <summary>Adds what is only wrong when the host was awake for longer than it may take.</summary>
    public void AddLate(double from, double until, double allowedMs, string message, params HistoryEntry[] entries) =>
        _findings.Add((new HistoryFinding(HistoryRule.GhostBound, message, entries), from, until, allowedMs + ToleranceMs));

    /// <summary>Notes an event of any kind.</summary>
    public void Note(HistoryEntry entry) => _sleeps.Note(entry);
}
