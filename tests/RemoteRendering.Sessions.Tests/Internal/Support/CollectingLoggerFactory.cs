using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Internal.Support;

/// <summary>Keeps what all loggers of a client write.</summary>
internal sealed class CollectingLoggerFactory : ILoggerFactory
{
    public LogCollector Log { get; } = new();

    public ILogger CreateLogger(string categoryName) => Log;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
