using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RemoteRendering.Sessions.Diagnostics;

/// <summary>Makes the loggers of a client from those of the application, see <see cref="GuardedLogger"/>. The application's factory is the application's to dispose.</summary>
internal sealed class GuardedLoggerFactory(ILoggerFactory factory) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        try
        {
            return new GuardedLogger(factory.CreateLogger(categoryName));
        }
        catch (Exception)
        {
            // It has been disposed of before the client.
            return NullLogger.Instance;
        }
    }

    public void AddProvider(ILoggerProvider provider) => factory.AddProvider(provider);

    public void Dispose()
    {
    }
}
