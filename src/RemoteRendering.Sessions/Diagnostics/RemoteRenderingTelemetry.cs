using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RemoteRendering.Sessions;

/// <summary>
/// Provides the names of the activity source, the meter and the tags of this library. HTTP requests are reported by Azure.Core, under
/// <c>Azure.Core.Http</c>.
/// </summary>
public static class RemoteRenderingTelemetry
{
    /// <summary>
    /// The name of the activity source: one span for each call of a public operation, named <c>RemoteRenderingClient.Operation</c>.
    /// </summary>
    public const string ActivitySourceName = "RemoteRendering.Sessions";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RemoteRendering.Sessions";

    /// <summary>The name of the tag with the session id.</summary>
    public const string SessionIdTag = "rrs.session.id";

    internal static readonly ActivitySource Source = new(ActivitySourceName);

    internal static readonly Meter Meter = new(MeterName);
}
