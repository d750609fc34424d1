using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.DependencyInjection.Tests;

/// <summary>Keeps every line that is logged, of every level.</summary>
internal sealed class CollectingLoggerProvider : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        =>
        Note(logLevel, eventId, formatter(state, exception), exception);

    private void Note(LogLevel level, EventId eventId, string text, Exception? exception)
    {
        Lines.Enqueue(text + exception);
        TestLog.Note(level, eventId, text, exception);
    }

    public void Dispose()
    {
    }
}
