namespace RemoteRendering.Sessions.Emulator;

/// <summary>Collects findings while a history is read.</summary>
internal sealed class HistoryReport(double toleranceMs, bool isTail)
{
    /// <summary>Times have four decimals, which binary fractions do not hold exactly: half of the last one is not late.</summary>
    private const double RoundingMs = 0.00005;

    private readonly List<HistoryFinding> _findings = [];

    public IReadOnlyList<HistoryFinding> Findings => _findings;

    /// <summary>Gets how late something may be that is due at a time, in milliseconds.</summary>
    public double ToleranceMs => toleranceMs + RoundingMs;

    /// <summary>Gets whether the beginning of the history is not there, so that what it tells of may have begun before.</summary>
    public bool IsTail => isTail;

    public void Add(HistoryFinding finding) => _findings.Add(finding);

    public void Add(HistoryRule rule, string message, params HistoryEntry?[] entries) =>
        _findings.Add(new HistoryFinding(rule, message, [.. entries.OfType<HistoryEntry>()]));
}
