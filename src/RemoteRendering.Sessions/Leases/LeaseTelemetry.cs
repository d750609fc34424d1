using System.Diagnostics.Metrics;

namespace RemoteRendering.Sessions.Leases;

/// <summary>The counters of leases.</summary>
internal static class LeaseTelemetry
{
    public static readonly Counter<long> Renewals = RemoteRenderingTelemetry.Meter.CreateCounter<long>("rrs.lease.renewals", "{renewal}", "Leases made longer by a renewal.");

    private static readonly Counter<long> Losses = RemoteRenderingTelemetry.Meter.CreateCounter<long>(
        "rrs.lease.losses", "{lease}", "Leases that a renewal lost. What the application itself stopped does not count.");

    public static void Lost(LeaseRenewalEnd end)
    {
        if (Losses.Enabled)
        {
            Losses.Add(1, new KeyValuePair<string, object?>("rrs.lease.end", end.ToString()));
        }
    }
}
