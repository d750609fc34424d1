namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>What the checker knows of one session while it reads on.</summary>
internal sealed class SessionHistory(HistoryReport report, HistoryCheckerOptions options)
{
    private readonly InstanceHistory _instances = new(report);
    private readonly CostHistory _cost = new(report, options);
    private BindingHistory? _holder;
    private HistoryEntry? _lastEnd;
    private long _highestEpoch;

    public void Read(HistoryEntry entry)
    {
        switch (entry.Kind)
        {
            case "bindAccepted":
                ReadBind(entry);
                break;
            case "linkLost":
                Holder(entry)?.ReadLinkLost(entry);
                break;
            case "requestStarted":
                Holder(entry)?.ReadStart(entry);
                break;
            case "requestFinished":
                Holder(entry)?.ReadFinish(entry);
                break;
            case "bindingEnded":
                Holder(entry)?.ReadEnd(entry);
                _holder = null;
                _lastEnd = entry;
                break;
            default:
                break;
        }

        _cost.Read(entry, _holder is not null);
    }

    /// <summary>Looks at what is still open when the history ends.</summary>
    public void Finish(HistoryEntry last)
    {
        _holder?.CheckAbsence(last, "the history ends and the binding still stands");
        _cost.Finish(last);
    }

    private void ReadBind(HistoryEntry entry)
    {
        _instances.ReadBind(entry, _lastEnd);
        if (_holder is { } holder && holder.Epoch == entry.Epoch)
        {
            holder.ReadResume(entry);
            return;
        }

        if (_holder is { } other)
        {
            report.Add(
                HistoryRule.Exclusivity,
                $"Epoch {entry.Epoch} was given to '{entry.TextOf("client")}' while epoch {other.Epoch} of '{other.Client}' had not ended.",
                other.Begin,
                entry);
        }

        bool mayHaveBegunBefore = report.IsTail && _highestEpoch == 0;
        if (entry.Epoch <= _highestEpoch)
        {
            report.Add(HistoryRule.Order, $"Epoch {entry.Epoch} came after epoch {_highestEpoch}; epochs only grow.", entry);
        }
        else if (!mayHaveBegunBefore && (entry.IsTrue("resumed") || entry.Whole("link") is not (0 or 1)))
        {
            report.Add(
                HistoryRule.Order, $"Epoch {entry.Epoch} did not exist, so its first link must be number 1 and no resume.", _lastEnd,
                entry);
        }

        _highestEpoch = Math.Max(_highestEpoch, entry.Epoch);
        _holder = new BindingHistory(report, entry, isComplete: !mayHaveBegunBefore);
    }

    /// <summary>The holder that an event must belong to; null, and a finding, when it belongs to another epoch or to none.</summary>
    private BindingHistory? Holder(HistoryEntry entry)
    {
        if (_holder is { } holder && holder.Epoch == entry.Epoch)
        {
            return holder;
        }

        if (_holder is null && _lastEnd is null && report.IsTail)
        {
            // Its beginning is not in this part of the history.
            _highestEpoch = Math.Max(_highestEpoch, entry.Epoch);
            _holder = new BindingHistory(report, entry, isComplete: false);
            return _holder;
        }

        if (entry.Kind is "requestStarted" or "requestFinished")
        {
            report.Add(
                HistoryRule.Exclusivity,
                $"A request of epoch {entry.Epoch} ran although that epoch does not hold the session.",
                _holder?.Begin ?? _lastEnd,
                entry);
        }
        else
        {
            report.Add(
                HistoryRule.Order, $"'{entry.Kind}' belongs to epoch {entry.Epoch}, which does not hold the session.",
                _holder?.Begin ?? _lastEnd, entry);
        }

        return null;
    }
}
