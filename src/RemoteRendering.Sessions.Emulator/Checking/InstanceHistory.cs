namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>
/// What the checker knows of the instances of a session's device while it reads on: which bound last, and which have been superseded.
/// </summary>
internal sealed class InstanceHistory(HistoryReport report)
{
    private readonly Dictionary<string, HistoryEntry> _superseded = new(StringComparer.Ordinal);
    private HistoryEntry? _newest;

    /// <summary>Reads a bind that the host accepted.</summary>
    /// <param name="entry">The bind.</param>
    /// <param name="lastEnd">The end of the last binding that ended; null when none has.</param>
    public void ReadBind(HistoryEntry entry, HistoryEntry? lastEnd)
    {
        // Hosts and histories from before instances do not say what a device showed.
        if (entry.Whole("shownEpoch") is not { } shown)
        {
            _newest = entry;
            return;
        }

        string? instance = entry.TextOf("instance");
        HistoryEntry? newest = _newest;
        _newest = entry;
        if (newest is null || newest.TextOf("client") != entry.TextOf("client")
            || (instance is not null && newest.TextOf("instance") == instance))
        {
            return;
        }

        if (shown > 0 && shown < newest.Epoch)
        {
            report.Add(
                HistoryRule.Fencing,
                $"An older instance of '{entry.TextOf("client")}' showed epoch {shown} and took the place of epoch {newest.Epoch}.", newest,
                entry);
        }

        if (shown == newest.Epoch && entry.IsTrue("resumed") && instance is not null && newest.TextOf("instance") is not null)
        {
            report.Add(HistoryRule.Fencing, $"Another instance of '{entry.TextOf("client")}' resumed epoch {shown}.", newest, entry);
        }

        // A bind that ends the binding of its own device is written down behind that end.
        HistoryEntry? holder = lastEnd is not null && lastEnd.Epoch == newest.Epoch && lastEnd.TextOf("cause") == "rebound" ? newest : null;
        if (holder is not null && !entry.IsTrue("takeOver") && instance is not null
            && _superseded.TryGetValue(instance, out HistoryEntry? fenced))
        {
            report.Add(
                HistoryRule.Fencing,
                $"An instance of '{entry.TextOf("client")}' that had been superseded came back while another held the session, without a "
                    + "take-over.",
                fenced, entry);
        }

        if (instance is not null)
        {
            _superseded.Remove(instance);
        }

        if (holder?.TextOf("instance") is { } other)
        {
            _superseded[other] = entry;
        }
    }
}
