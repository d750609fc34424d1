using System.Diagnostics.Metrics;

namespace RemoteRendering.Sessions.Leases;

/// <summary>The counters of leases.</summary>
internal static class LeaseTelemetry
{
    public static readonly Counter<long> Renewals = RemoteRenderingTelemetry.Meter.CreateCounter<long>("rrs.lease.renewals", "{renewal}",
        "Leases that a renewal extended.");

    private static readonly Counter<long> Losses = RemoteRenderingTelemetry.Meter.CreateCounter<long>(
        "rrs.lease.losses", "{lease}", "Leases that a renewal lost. Sessions that the application itself stopped do not count.");

    public static void Lost(LeaseRenewalEndReason end)
    {
        if (Losses.Enabled)
        {
            Losses.Add(1, new KeyValuePair<string, object?>("rrs.lease.end", end.ToString()));
        }
    }
}
