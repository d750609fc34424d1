namespace RemoteRendering.Sessions.Internal;

/// <summary>Moments on the monotonic clock that lie ahead.</summary>
internal static class Timestamps
{
    /// <summary>Gets the timestamp that lies a time ahead; the last one there is when the time is longer than that.</summary>
    public static long TimestampIn(this TimeProvider time, TimeSpan wait)
    {
        long now = time.GetTimestamp();
        double ahead = wait.TotalSeconds * time.TimestampFrequency;
        return ahead < long.MaxValue - Math.Max(now, 0) ? now + (long)ahead : long.MaxValue;
    }
}
