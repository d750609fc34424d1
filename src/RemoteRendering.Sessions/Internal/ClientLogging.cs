using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Provides the logger factory of clients whose options have none.</summary>
internal static class ClientLogging
{
    /// <summary>
    /// Gets or sets the factory. The default logs nothing; the tests replace it, so that an unexpected warning fails the test.
    /// </summary>
    public static ILoggerFactory Default { get; set; } = NullLoggerFactory.Instance;
}
