namespace RemoteRendering.Sessions;

/// <summary>How long to leave the service alone between two looks: what it says, else 2 s growing by half to 10 s.</summary>
internal sealed class PollInterval
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    public TimeSpan Next(TimeSpan? retryAfter)
    {
        TimeSpan interval = _next;
        _next = TimeSpan.FromTicks(Math.Min(Longest.Ticks, _next.Ticks * 3 / 2));
        return retryAfter > TimeSpan.Zero ? retryAfter.Value : interval;
    }
}
