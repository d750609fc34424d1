namespace RemoteRendering.Sessions.Service.Time;

/// <summary>The two clocks of a service: monotonic for everything that decides, wall for what is shown.</summary>
internal sealed class ServiceClock(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>The time since the service started.</summary>
    public TimeSpan Now => TimeProvider.GetElapsedTime(_start);

    public DateTimeOffset WallNow => TimeProvider.GetUtcNow();
}
