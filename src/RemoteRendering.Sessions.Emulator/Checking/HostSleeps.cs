namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>
/// When a host did not run, as its history tells it. A claim counts for as long as the history has no event: a host that sleeps writes
/// nothing.
/// </summary>
internal sealed class HostSleeps
{
    private readonly List<double> _times = [];
    private readonly List<(double From, double Until)> _sleeps = [];

    public void Note(HistoryEntry entry)
    {
        if (entry.Kind == "hostSlept" && entry.Fraction("ms") is { } claimed and > 0)
        {
            Add(entry.Time - claimed, entry.Time);
        }

        _times.Add(entry.Time);
    }

    /// <summary>How much of a time the host slept.</summary>
    public double Within(double from, double until)
    {
        double slept = 0;
        double counted = from;
        foreach ((double begin, double end) in _sleeps.OrderBy(sleep => sleep.From))
        {
            double left = Math.Max(begin, counted);
            double right = Math.Min(end, until);
            if (right > left)
            {
                slept += right - left;
                counted = right;
            }
        }

        return slept;
    }

    /// <summary>Takes the longest silence within the claim.</summary>
    private void Add(double from, double until)
    {
        (double From, double Until) longest = (until, until);
        double next = until;
        for (int i = _times.Count - 1; i >= -1 && next > from; i--)
        {
            double begin = Math.Max(from, i >= 0 ? _times[i] : from);
            if (next - begin > longest.Until - longest.From)
            {
                longest = (begin, next);
            }

            next = begin;
        }

        _sleeps.Add(longest);
    }
}
