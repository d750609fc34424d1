using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Tests.Storage.Support;

/// <summary>Gives all categories one log.</summary>
internal sealed class LogCollectorFactory(ILogger log) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => log;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
