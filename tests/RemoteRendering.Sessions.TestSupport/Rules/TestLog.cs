using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// The warnings and errors of the running test. Clients log here unless their options name another factory; the collectors of tests pass on
/// what they get.
/// </summary>
public static class TestLog
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Expected = [];
    private static readonly List<(string? Event, string Text)> Entries = [];

    /// <summary>Gets the factory for code under test that a test gives no other one.</summary>
    public static ILoggerFactory Factory { get; } = new TestLoggerFactory();

    /// <summary>Gets the warnings and errors of the running test that it did not expect.</summary>
    public static IReadOnlyList<string> Unexpected
    {
        get
        {
            lock (Gate)
            {
                return [
                    .. Entries.Where(static entry => entry.Event is null || !Expected.Contains(entry.Event))
                    .Select(static entry => "Unexpected in the log: " + entry.Text)
                ];
            }
        }
    }

    /// <summary>Declares warnings and errors that the running test may log from now on, or has logged.</summary>
    /// <param name="events">The names of the events.</param>
    public static void Expect(params string[] events)
    {
        lock (Gate)
        {
            Expected.UnionWith(events);
        }
    }

    /// <summary>Notes an entry of any level.</summary>
    /// <param name="level">Its level; below Warning it is not kept.</param>
    /// <param name="eventId">Its event.</param>
    /// <param name="text">Its text.</param>
    /// <param name="exception">Its exception.</param>
    public static void Note(LogLevel level, EventId eventId, string text, Exception? exception)
    {
        if (level < LogLevel.Warning)
        {
            return;
        }

        lock (Gate)
        {
            Entries.Add(
                (
                    eventId.Name,
                    $"{level} {eventId.Name}: "
                        + $"{text}{(exception is null ? string.Empty : $" ({exception.GetType().Name}: {exception.Message})")}"));
        }
    }

    internal static void Begin(IEnumerable<string> expected)
    {
        lock (Gate)
        {
            Entries.Clear();
            Expected.Clear();
            Expected.UnionWith(expected);
        }
    }
}
