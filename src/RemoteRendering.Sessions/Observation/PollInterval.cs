namespace RemoteRendering.Sessions.Observation;

/// <summary>A pause that grows by half each time, from a first to a longest.</summary>
internal sealed class PollInterval(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _next = first;

    /// <summary>While something is expected and nothing is known: 2 s growing to 10 s.</summary>
    public static PollInterval WhileStarting() => new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    /// <summary>While nothing is expected: 5 s growing to 30 s.</summary>
    public static PollInterval WhileReady() => new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    public TimeSpan Next()
    {
        TimeSpan interval = _next;
        _next = TimeSpan.FromTicks(Math.Min(longest.Ticks, _next.Ticks * 3 / 2));
        return interval;
    }
}
