namespace RemoteRendering.Sessions.Emulator.Service;

/// <summary>The emulator's two clocks: monotonic for everything that decides, wall for what is shown.</summary>
internal sealed class EmulatorClock(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Ticks of <see cref="TimeSpan"/> since the emulator started.</summary>
    public long Now => TimeProvider.GetElapsedTime(_start).Ticks;

    public DateTimeOffset WallNow => TimeProvider.GetUtcNow();
}
