namespace RemoteRendering.Sessions.Protocol.Service;

/// <summary>The protocol's rule for leases: whole minutes, at most 24 hours. A part of a minute counts as a whole one.</summary>
internal static class LeaseLimits
{
    public const int MaxMinutes = 24 * 60;

    public static readonly TimeSpan MaxLease = TimeSpan.FromTicks(MaxMinutes * TimeSpan.TicksPerMinute);

    /// <summary>The minutes of a lease, rounded up.</summary>
    public static long ToMinutes(TimeSpan lease)
    {
        long minutes = lease.Ticks / TimeSpan.TicksPerMinute;
        return lease.Ticks % TimeSpan.TicksPerMinute > 0 ? minutes + 1 : minutes;
    }
}
