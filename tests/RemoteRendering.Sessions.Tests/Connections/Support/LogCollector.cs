using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>
/// Keeps what is logged, and tells <see cref="TestLog"/>, which demands that there was no warning and no error that the test did not
/// expect.
/// </summary>
internal sealed class LogCollector : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string? Event, string Text, Exception? Exception)> _entries = new();

    public IReadOnlyCollection<(LogLevel Level, string? Event, string Text, Exception? Exception)> Entries => _entries;

    /// <summary>Is told of each event before it is kept; may throw, as loggers do.</summary>
    public Action<string?>? OnEvent { get; set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        OnEvent?.Invoke(eventId.Name);
        string text = formatter(state, exception);
        _entries.Enqueue((logLevel, eventId.Name, text, exception));
        TestLog.Note(logLevel, eventId, text, exception);
    }
}
