namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Represents one moment on both clocks of this machine. The monotonic clock measures time; the wall clock, which continues while a machine
/// sleeps and jumps when it is set, shows when the measurement is unreliable.
/// </summary>
internal readonly struct Moment(long timestamp, DateTimeOffset wall)
{
    public long Timestamp { get; } = timestamp;

    public DateTimeOffset Wall { get; } = wall;

    public static Moment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());
}
