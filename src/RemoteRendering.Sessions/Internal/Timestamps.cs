namespace RemoteRendering.Sessions;

/// <summary>Moments on the monotonic clock that lie ahead.</summary>
internal static class Timestamps
{
    public static long TimestampIn(this TimeProvider time, TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}
