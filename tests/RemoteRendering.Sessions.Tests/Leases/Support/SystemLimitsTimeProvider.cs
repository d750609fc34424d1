using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>A virtual clock whose timers take no longer time than those of the system, which is 49.7 days.</summary>
internal sealed class SystemLimitsTimeProvider(VirtualTimeProvider time) : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(4_294_967_294);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        return new Timer(time.CreateTimer(callback, state, dueTime, period));
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, Longest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, Longest);
    }

    private sealed class Timer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Check(dueTime, period);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
