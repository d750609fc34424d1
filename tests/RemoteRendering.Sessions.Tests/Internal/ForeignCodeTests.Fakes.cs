using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Faults;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <content>Code of an application.</content>
public sealed partial class ForeignCodeTests
{
    private sealed class ForeignStream(Action run) : MemoryStream(Model)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            run();
            return base.ReadAsync(buffer, cancellationToken);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            run();
            return base.ReadAsync(buffer, offset, count, cancellationToken);
        }
    }

    private sealed class Policy(Action run) : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context)
        {
            run();
            return TimeSpan.FromSeconds(1.0);
        }
    }

    private sealed class Progress<T>(Action run) : IProgress<T>
    {
        public void Report(T value) => run();
    }

    private sealed class ThrowingLoggerFactory : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => throw new InvalidOperationException("scope");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => throw new InvalidOperationException("log");
    }
}
