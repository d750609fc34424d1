using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>Gives every category the same logger, which notes warnings and errors in <see cref="TestLog"/>.</summary>
internal sealed class TestLoggerFactory : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // There is one logger, and it has its place to write to.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => TestLog.Note(logLevel, eventId, formatter(state, exception), exception);

    public void Dispose()
    {
        // Nothing to let go of.
    }
}
