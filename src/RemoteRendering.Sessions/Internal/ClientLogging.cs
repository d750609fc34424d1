using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Where clients log whose options name no logger factory.</summary>
internal static class ClientLogging
{
    /// <summary>Gets or sets the factory. It logs nothing by default; the tests replace it, so that a warning that a test does not expect fails the test.</summary>
    public static ILoggerFactory Default { get; set; } = NullLoggerFactory.Instance;
}
