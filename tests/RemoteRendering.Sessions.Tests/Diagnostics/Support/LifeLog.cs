using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Diagnostics.Support;

/// <summary>What an application sees whose log has the default level: the lines of Information and above, in order.</summary>
internal sealed class LifeLog : ILoggerFactory
{
    private readonly ConcurrentQueue<(LogEvent Event, string Text, Exception? Exception)> _lines = new();

    /// <summary>Gets each line: level, event and text.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(static line => $"{line.Event.Level} {line.Event.Name}: {line.Text}")];

    /// <summary>Gets each event as the table should have it.</summary>
    public IReadOnlyList<LogEvent> Events => [.. _lines.Select(static line => line.Event)];

    /// <summary>Gets all that a provider may write: texts and exceptions.</summary>
    public string Everything => string.Join('\n', _lines.Select(static line => $"{line.Text} {line.Exception}"));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(LifeLog owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            string text = formatter(state, exception);
            string? template = (state as IReadOnlyList<KeyValuePair<string, object?>>)
                ?.FirstOrDefault(static value => value.Key == "{OriginalFormat}").Value as string;
            string name = category["RemoteRendering.Sessions.".Length..];
            owner._lines.Enqueue(
                (
                    new LogEvent(eventId.Id, eventId.Name ?? string.Empty, name, logLevel.ToString(), template ?? string.Empty), text,
                    exception));
            TestLog.Note(logLevel, eventId, text, exception);
        }
    }
}
