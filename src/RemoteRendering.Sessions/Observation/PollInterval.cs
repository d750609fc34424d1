namespace RemoteRendering.Sessions.Observation;

/// <summary>A pause that grows by half each time, from a first to a longest value.</summary>
internal sealed class PollInterval(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _next = first;

    /// <summary>The interval while a session starts and its boot time is unknown: 2 seconds, growing to 10 seconds.</summary>
    public static PollInterval WhileStarting() => new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    /// <summary>The interval while no change is expected: 5 seconds, growing to 30 seconds.</summary>
    public static PollInterval WhileReady() => new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    public TimeSpan Next()
    {
        TimeSpan interval = _next;
        _next = TimeSpan.FromTicks(Math.Min(longest.Ticks, _next.Ticks * 3 / 2));
        return interval;
    }
}
