using System.Diagnostics.Metrics;

namespace RemoteRendering.Sessions.Pooling;

/// <summary>The metrics of the wait for a session of a pool.</summary>
internal static class PoolTelemetry
{
    private static readonly Histogram<double> Wait = RemoteRenderingTelemetry.Meter.CreateHistogram<double>(
        "rrs.pool.wait", "s", "Time by phase: queue (until a session was handed out), create (until the service accepted it), boot (from "
            + "then until it was ready).");

    private static readonly KeyValuePair<string, object?> QueuePhase = new("rrs.pool.phase", "queue");
    private static readonly KeyValuePair<string, object?> CreatePhase = new("rrs.pool.phase", "create");
    private static readonly KeyValuePair<string, object?> BootPhase = new("rrs.pool.phase", "boot");

    public static void Queued(TimeSpan time) => Wait.Record(time.TotalSeconds, QueuePhase);

    public static void Created(TimeSpan time) => Wait.Record(time.TotalSeconds, CreatePhase);

    public static void Booted(TimeSpan time) => Wait.Record(time.TotalSeconds, BootPhase);
}
