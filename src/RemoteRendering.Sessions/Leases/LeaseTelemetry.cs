using System.Diagnostics.Metrics;

namespace RemoteRendering.Sessions;

/// <summary>The counters of leases.</summary>
internal static class LeaseTelemetry
{
    public static readonly Counter<long> Renewals = RemoteRenderingTelemetry.Meter.CreateCounter<long>("rrs.lease.renewals", "{renewal}", "Leases made longer by a renewal.");

    public static readonly Counter<long> Losses = RemoteRenderingTelemetry.Meter.CreateCounter<long>("rrs.lease.losses", "{lease}", "Leases that a renewal gave up as lost.");
}
