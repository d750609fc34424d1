namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// One moment on both clocks of this machine. The monotonic clock measures; the wall clock, which goes on while a machine sleeps and jumps when it is set, tells when the
/// measure cannot be trusted.
/// </summary>
internal readonly struct Moment(long timestamp, DateTimeOffset wall)
{
    public long Timestamp { get; } = timestamp;

    public DateTimeOffset Wall { get; } = wall;

    public static Moment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());
}
