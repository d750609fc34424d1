using System.Globalization;

namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>What the checker knows of one binding while it reads on.</summary>
internal sealed class BindingHistory
{
    private readonly HistoryReport _report;
    private readonly Dictionary<long, HistoryEntry> _started = [];
    private readonly Dictionary<long, HistoryEntry> _finished = [];
    private HistoryEntry? _away;
    private double? _graceMs;
    private double? _deadAfterMs;
    private long? _link;
    private long? _lastId;

    public BindingHistory(HistoryReport report, HistoryEntry begin, bool isComplete)
    {
        _report = report;
        Begin = begin;
        Epoch = begin.Epoch;
        Client = begin.TextOf("client") ?? "an unknown device";
        _lastId = isComplete ? 0 : null;
        if (begin.Kind == "bindAccepted")
        {
            ReadTerms(begin);

            // Link 0: the device left while its take-over waited, so the binding waits for it.
            _away = _link == 0 ? begin : null;
        }
    }

    public HistoryEntry Begin { get; }

    public long Epoch { get; }

    public string Client { get; }

    public void ReadResume(HistoryEntry entry)
    {
        if (!entry.IsTrue("resumed"))
        {
            _report.Add(HistoryRule.Order, $"Epoch {Epoch} was given twice.", Begin, entry);
        }

        if (_link is { } link && entry.Whole("link") != link + 1)
        {
            _report.Add(HistoryRule.Order, $"After link {link} comes link {link + 1}.", entry);
        }

        if (!string.Equals(entry.TextOf("client"), Client, StringComparison.Ordinal) && Begin.Kind == "bindAccepted")
        {
            _report.Add(HistoryRule.Exclusivity, $"Epoch {Epoch} belongs to '{Client}' and was resumed by another device.", Begin, entry);
        }

        CheckAbsence(entry, "it came back");
        _away = null;
        ReadTerms(entry);
    }

    public void ReadLinkLost(HistoryEntry entry)
    {
        if (_away is not null)
        {
            _report.Add(HistoryRule.Order, "A link was lost that was lost already.", _away, entry);
        }
        else if (_link is { } link && entry.Whole("link") is { } lost && lost != link)
        {
            _report.Add(HistoryRule.Order, $"Link {lost} was lost, but the binding's link is number {link}.", entry);
        }

        if (entry.Fraction("silentMs") is { } silence && _deadAfterMs is { } bound && silence > bound + _report.ToleranceMs)
        {
            _report.AddLate(
                entry.Time - silence, entry.Time, bound, $"The link was silent for {Text(silence)} ms; dead-after is {Text(bound)} ms.",
                entry);
        }

        _away = entry;
    }

    public void ReadStart(HistoryEntry entry)
    {
        long id = entry.Whole("id") ?? 0;
        if (_started.TryGetValue(id, out HistoryEntry? earlier))
        {
            _report.Add(HistoryRule.ExactlyOnce, $"Request {id} of epoch {Epoch} ran twice.", earlier, entry);
            return;
        }

        if (_lastId is { } last && id != last + 1)
        {
            _report.Add(HistoryRule.ExactlyOnce, $"Request {id} of epoch {Epoch} started where {last + 1} was next.", entry);
        }

        _lastId = id;
        _started.Add(id, entry);
    }

    public void ReadFinish(HistoryEntry entry)
    {
        long id = entry.Whole("id") ?? 0;
        if (_finished.TryGetValue(id, out HistoryEntry? earlier))
        {
            _report.Add(HistoryRule.ExactlyOnce, $"Request {id} of epoch {Epoch} ended twice.", earlier, entry);
        }
        else if (!_started.ContainsKey(id) && Begin.Kind == "bindAccepted" && Begin.Whole("link") is 0 or 1)
        {
            _report.Add(HistoryRule.ExactlyOnce, $"Request {id} of epoch {Epoch} ended and had not started.", entry);
        }

        _finished[id] = entry;
    }

    public void ReadEnd(HistoryEntry entry) => CheckAbsence(entry, "the binding ended");

    /// <summary>Checks how long the device has been away by the time of an event.</summary>
    public void CheckAbsence(HistoryEntry until, string what)
    {
        if (_away is not { } away || _graceMs is not { } grace)
        {
            return;
        }

        double absence = until.Time - away.Time;
        if (absence > grace + _report.ToleranceMs)
        {
            _report.AddLate(
                away.Time,
                until.Time,
                grace,
                $"The device was away for {Text(absence)} ms before {what}; the grace is {Text(grace)} ms.",
                away,
                until);
        }
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0.###", CultureInfo.InvariantCulture);

    private void ReadTerms(HistoryEntry entry)
    {
        _graceMs = entry.Fraction("graceMs") ?? _graceMs;
        _deadAfterMs = entry.Fraction("deadAfterMs") ?? _deadAfterMs;
        _link = entry.Whole("link");
    }
}
