using RemoteRendering.Sessions.Emulator.Checking;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// Reads the history of a host and says where it breaks what the protocol promises: one holder at a time, every request once, ghosts
/// bounded, events in order, leases that only grow. Works on the history of an emulator that an application was run against, and on that of
/// any host that writes the same format.
/// </summary>
/// <remarks>
/// A history may be the last part of a longer one: what began before it is not held against it. Checking keeps no state; an instance may be
/// used again and from many threads.
/// </remarks>
public sealed class HistoryChecker
{
    private readonly HistoryCheckerOptions _options;

    /// <summary>Creates a checker that holds a history to the protocol's own rules.</summary>
    public HistoryChecker()
        : this(new HistoryCheckerOptions())
    {
    }

    /// <summary>Creates a checker.</summary>
    /// <param name="options">What is expected beyond the protocol's own rules.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public HistoryChecker(HistoryCheckerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Checks a history.</summary>
    /// <param name="lines">The history, one JSON object a line, oldest first. Empty lines are skipped.</param>
    /// <returns>What is wrong, in the order of the lines; empty when nothing is.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lines"/> is null.</exception>
    public IReadOnlyList<HistoryFinding> Check(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        HistoryReport? report = null;
        var unreadable = new List<HistoryFinding>();
        var sessions = new Dictionary<string, SessionHistory>(StringComparer.Ordinal);
        HistoryEntry? last = null;
        int lineNumber = 0;
        foreach (string line in lines)
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (HistoryEntry.Parse(lineNumber, line, out HistoryFinding? finding) is not { } entry)
            {
                AddUnreadable(report, unreadable, finding!);
                continue;
            }

            report ??= new HistoryReport(_options.Tolerance.TotalMilliseconds, isTail: entry.Number > 1);
            CheckOrder(report, last, entry);
            report.Note(entry);
            last = entry;
            Read(report, sessions, entry);
        }

        if (report is null)
        {
            return unreadable;
        }

        foreach (SessionHistory session in sessions.Values)
        {
            session.Finish(last!);
        }

        return [.. unreadable, .. report.Findings];
    }

    /// <summary>Checks a history that is read from a file or another source.</summary>
    /// <param name="reader">The history, one JSON object a line, oldest first.</param>
    /// <returns>What is wrong, in the order of the lines; empty when nothing is.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    public IReadOnlyList<HistoryFinding> Check(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Check(Lines(reader));
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static void AddUnreadable(HistoryReport? report, List<HistoryFinding> unreadable, HistoryFinding finding)
    {
        if (report is null)
        {
            unreadable.Add(finding);
        }
        else
        {
            report.Add(finding);
        }
    }

    private static void CheckOrder(HistoryReport report, HistoryEntry? last, HistoryEntry entry)
    {
        if (last is null)
        {
            return;
        }

        if (entry.Number != last.Number + 1)
        {
            report.Add(
                HistoryRule.Order, $"Event {entry.Number} follows event {last.Number}: something is missing or out of order.", last, entry);
        }

        if (entry.Time < last.Time)
        {
            report.Add(HistoryRule.Order, "Time ran backwards.", last, entry);
        }
    }

    private void Read(HistoryReport report, Dictionary<string, SessionHistory> sessions, HistoryEntry entry)
    {
        // A host-wide event, or a bind that was refused before it named a session.
        if (entry.SessionId is not { } id)
        {
            return;
        }

        if (!sessions.TryGetValue(id, out SessionHistory? session))
        {
            session = new SessionHistory(report, _options);
            sessions.Add(id, session);
        }

        session.Read(entry);
    }
}
