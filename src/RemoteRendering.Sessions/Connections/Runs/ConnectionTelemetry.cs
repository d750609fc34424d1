using System.Diagnostics;
using System.Diagnostics.Metrics;
using RemoteRendering.Sessions.Diagnostics;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>The telemetry of connections: a span for each attempt, and counters.</summary>
internal static class ConnectionTelemetry
{
    private const string ReasonTag = "rrs.connection.reason";

    private static readonly Counter<long> FailedAttempts = RemoteRenderingTelemetry.Meter.CreateCounter<long>(
        "rrs.connection.failed_attempts", "{attempt}", "Attempts to connect to a host that failed.");

    private static readonly Counter<long> LostLinks = RemoteRenderingTelemetry.Meter.CreateCounter<long>(
        "rrs.connection.lost_links", "{link}", "Bound links that were lost.");

    public static Activity? StartAttempt(string sessionId, int attempt, ActivityContext parent)
    {
        if (!RemoteRenderingTelemetry.Source.HasListeners())
        {
            return null;
        }

        Activity? activity = parent == default
            ? Traced.Start("RenderingConnection.Attempt", ActivityKind.Client)
            : RemoteRenderingTelemetry.Source.StartActivity("RenderingConnection.Attempt", ActivityKind.Client, parent);
        activity?.SetTag(RemoteRenderingTelemetry.SessionIdTag, sessionId);
        activity?.SetTag("rrs.connection.attempt", attempt);
        return activity;
    }

    public static void EndAttempt(Activity? activity, RenderingConnectionReason reason)
    {
        activity?.SetTag("error.type", reason.ToString());
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    public static void AttemptFailed(RenderingConnectionReason reason)
    {
        if (FailedAttempts.Enabled)
        {
            FailedAttempts.Add(1, new KeyValuePair<string, object?>(ReasonTag, reason.ToString()));
        }
    }

    public static void LinkLost(RenderingConnectionReason reason)
    {
        if (LostLinks.Enabled)
        {
            LostLinks.Add(1, new KeyValuePair<string, object?>(ReasonTag, reason.ToString()));
        }
    }
}
