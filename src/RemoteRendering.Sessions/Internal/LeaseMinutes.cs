using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Converts leases to whole minutes, 1 minute to 24 hours, rounded up so that they are never less than requested.</summary>
internal static class LeaseMinutes
{
    public static void Validate(TimeSpan lease, string parameter)
    {
        if (lease <= TimeSpan.Zero || lease > LeaseLimits.MaxLease)
        {
            throw new ArgumentOutOfRangeException(parameter, lease, "A lease must be more than zero and at most 24 hours.");
        }
    }

    public static int FromTimeSpan(TimeSpan lease) => checked((int)LeaseLimits.ToMinutes(lease));

    public static TimeSpan Granted(TimeSpan lease) => TimeSpan.FromMinutes(FromTimeSpan(lease));
}
