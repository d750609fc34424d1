using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Diagnostics;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>A logger of the application gets everything, and its exceptions reach no caller.</summary>
public sealed class GuardedLoggerTests
{
    private static readonly EventId s_event = new(7, "Seven");

    [Fact]
    public void Log_PassesEverythingOn()
    {
        var inner = new NotedLogger();
        var error = new IOException("Cut.");

        new GuardedLogger(inner).Log(LogLevel.Error, s_event, 42, error, static (state, exception) => $"{state}, {exception!.Message}");

        Assert.Equal((LogLevel.Error, s_event, 42, error, "42, Cut."), Assert.Single(inner.Entries));
    }

    [Theory]
    [InlineData(LogLevel.Warning, true)]
    [InlineData(LogLevel.Information, false)]
    public void IsEnabled_IsThatOfTheLogger(LogLevel level, bool expected)
        => Assert.Equal(expected, new GuardedLogger(new NotedLogger()).IsEnabled(level));

    [Fact]
    public void BeginScope_IsThatOfTheLogger()
    {
        var inner = new NotedLogger();

        Assert.Same(inner, new GuardedLogger(inner).BeginScope("scope"));
        Assert.Equal(["scope"], inner.Scopes);
    }

    [Fact]
    public void LoggerThatThrows_BreaksNothing()
    {
        var logger = new GuardedLogger(new BrokenLogger());

        logger.Log(LogLevel.Error, s_event, 42, null, static (_, _) => "text");
        Assert.False(logger.IsEnabled(LogLevel.Critical));
        Assert.Null(logger.BeginScope("scope"));
    }

    [Fact]
    public void FormatterThatThrows_BreaksNothing()
        => new GuardedLogger(new NotedLogger()).Log(LogLevel.Error, s_event, 42, null, static (_, _) => throw new FormatException());

    [Fact]
    public void CreateLogger_OfAFactory_GuardsTheLoggerOfThatCategory()
    {
        var factory = new NotedFactory();

        ILogger logger = new GuardedLoggerFactory(factory).CreateLogger("My.Category");

        Assert.IsType<GuardedLogger>(logger);
        Assert.Equal(["My.Category"], factory.Categories);
        logger.Log(LogLevel.Error, s_event, 42, null, static (_, _) => "text");
    }

    [Fact]
    public void CreateLogger_OfAFactoryThatThrows_LogsNothing()
        => Assert.Same(NullLogger.Instance, new GuardedLoggerFactory(new NotedFactory { IsBroken = true }).CreateLogger("My.Category"));

    [Fact]
    public void Dispose_OfTheGuard_LeavesTheFactoryOfTheApplication()
    {
        var factory = new NotedFactory();
        var guarded = new GuardedLoggerFactory(factory);

        guarded.Dispose();
        guarded.Dispose();

        Assert.False(factory.IsDisposed);
        Assert.IsType<GuardedLogger>(guarded.CreateLogger("My.Category"));
    }

    [Fact]
    public void AddProvider_IsPassedOn()
    {
        var factory = new NotedFactory();
        using var guarded = new GuardedLoggerFactory(factory);

        guarded.AddProvider(NullLoggerProvider.Instance);

        Assert.Same(NullLoggerProvider.Instance, factory.Provider);
    }

    private sealed class NotedLogger : ILogger, IDisposable
    {
        public List<(LogLevel Level, EventId Event, object? State, Exception? Error, string Text)> Entries { get; } = [];

        public List<object> Scopes { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Scopes.Add(state);
            return this;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Entries.Add((logLevel, eventId, state, exception, formatter(state, exception)));

        public void Dispose()
        {
            // A scope without a resource.
        }
    }

    private sealed class BrokenLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new ObjectDisposedException("log");

        public bool IsEnabled(LogLevel logLevel) => throw new ObjectDisposedException("log");

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => throw new ObjectDisposedException("log");
    }

    private sealed class NotedFactory : ILoggerFactory
    {
        public bool IsBroken { get; set; }

        public bool IsDisposed { get; private set; }

        public List<string> Categories { get; } = [];

        public ILoggerProvider? Provider { get; private set; }

        public ILogger CreateLogger(string categoryName)
        {
            Categories.Add(categoryName);
            return IsBroken ? throw new ObjectDisposedException("factory") : new BrokenLogger();
        }

        public void AddProvider(ILoggerProvider provider) => Provider = provider;

        public void Dispose() => IsDisposed = true;
    }
}
