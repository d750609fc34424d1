using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RemoteRendering.Sessions.Diagnostics;

/// <summary>
/// Wraps the loggers of the application for a client, see <see cref="GuardedLogger"/>. The application disposes its factory.
/// </summary>
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
            // The factory was disposed before the client.
            return NullLogger.Instance;
        }
    }

    public void AddProvider(ILoggerProvider provider) => factory.AddProvider(provider);

    public void Dispose()
    {
    }
}
