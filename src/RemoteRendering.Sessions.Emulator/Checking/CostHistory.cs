using System.Globalization;

namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>What the checker knows of the lease of one session while it reads on.</summary>
internal sealed class CostHistory(HistoryReport report, HistoryCheckerOptions options)
{
    private HistoryEntry? _created;
    private HistoryEntry? _lease;
    private HistoryEntry? _end;
    private bool _wasBound;

    public void Read(HistoryEntry entry, bool isBound)
    {
        _wasBound |= isBound;
        switch (entry.Kind)
        {
            case "sessionCreated":
                _created = _lease = entry;
                CheckBound(entry);
                break;
            case "sessionExtended":
                ReadExtension(entry, isBound);
                break;
            case "sessionStopped" or "hostLost":
                _end ??= entry;
                break;
            default:
                break;
        }
    }

    /// <summary>Looks whether the session has ended by the end of the history.</summary>
    public void Finish(HistoryEntry last)
    {
        if (!options.RequireSessionsToEnd || _created is null || _created.TextOf("startFails") is not null || _end is not null
            || _lease?.Fraction("leaseMinutes") is not { } minutes)
        {
            return;
        }

        double ends = _created.Time + (_created.Fraction("bootMs") ?? 0) + TimeSpan.FromMinutes(minutes).TotalMilliseconds;
        if (ends > last.Time)
        {
            report.Add(
                HistoryRule.Cost, "The history ends and the session still runs: it was not stopped and its lease is not over.", _created,
                last);
        }
    }

    private void ReadExtension(HistoryEntry entry, bool isBound)
    {
        if (_lease?.Fraction("leaseMinutes") is { } before && entry.Fraction("leaseMinutes") is { } after && after < before)
        {
            report.Add(
                HistoryRule.Cost, $"The lease went down from {Text(before)} to {Text(after)} minutes; it only grows.", _lease, entry);
        }

        if (_end is { } end)
        {
            report.Add(HistoryRule.Cost, "The lease was extended after the session had ended.", end, entry);
        }

        bool isKnown = _wasBound || _created is not null || !report.IsTail;
        if (!options.AllowExtensionWithoutDevice && !isBound && isKnown)
        {
            report.Add(
                HistoryRule.Cost,
                _wasBound
                    ? "The lease was extended although the device had left."
                    : "The lease was extended although no device had bound the session.",
                entry);
        }

        CheckBound(entry);
        _lease = entry;
    }

    private void CheckBound(HistoryEntry entry)
    {
        if (options.MaxLease is { } bound && entry.Fraction("leaseMinutes") is { } minutes && minutes > bound.TotalMinutes)
        {
            report.Add(HistoryRule.Cost, $"The lease is {Text(minutes)} minutes; the bound is {Text(bound.TotalMinutes)}.", entry);
        }
    }

    private static string Text(double minutes) => minutes.ToString("0.###", CultureInfo.InvariantCulture);
}
