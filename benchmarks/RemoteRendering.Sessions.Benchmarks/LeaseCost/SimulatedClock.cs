namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Both clocks of a device, moved by the simulation.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private DateTimeOffset _wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _monotonic;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _monotonic;

    public void Pass(TimeSpan wall, TimeSpan monotonic)
    {
        _wall += wall;
        _monotonic += monotonic.Ticks;
    }
}
