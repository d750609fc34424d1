namespace RemoteRendering.Sessions.Internal;

/// <summary>Computes future moments on the monotonic clock.</summary>
internal static class Timestamps
{
    /// <summary>Gets the timestamp after a time; the largest timestamp when the time is longer than that.</summary>
    public static long TimestampIn(this TimeProvider time, TimeSpan wait)
    {
        long now = time.GetTimestamp();
        double ahead = wait.TotalSeconds * time.TimestampFrequency;
        return ahead < long.MaxValue - Math.Max(now, 0) ? now + (long)ahead : long.MaxValue;
    }
}
