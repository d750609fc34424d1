namespace RemoteRendering.Sessions.Internal;

/// <summary>A timer without an upper limit. Timers of the system wait for at most 49.7 days; longer waits are split.</summary>
internal sealed class LongTimer : ITimer
{
    private readonly TimeProvider _time;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _timer; // Also the lock: no other code has it.
    private long? _due;
    private TimeSpan _period;
    private bool _repeatsItself;

    public LongTimer(TimeProvider time, TimerCallback callback, object? state)
    {
        _time = time;
        _callback = callback;
        _state = state;
#pragma warning disable RS0030 // BackgroundWork.CreateTimer makes this one.
        _timer = time.CreateTimer(static timer => ((LongTimer)timer!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
#pragma warning restore RS0030
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_timer)
        {
            _period = period;
            return Arm_NeedsLock(dueTime);
        }
    }

    public void Dispose() => _timer.Dispose();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private bool Arm_NeedsLock(TimeSpan due)
    {
        _due = due > TimerLimit.Longest ? _time.TimestampIn(due) : null;
        _repeatsItself = _due is null && _period <= TimerLimit.Longest;
        return _timer.Change(TimerLimit.Cut(due), _repeatsItself ? _period : Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_timer)
        {
            if (_due is { } due && _time.GetElapsedTime(_time.GetTimestamp(), due) is { } left && left > TimeSpan.Zero)
            {
                _timer.Change(TimerLimit.Cut(left), Timeout.InfiniteTimeSpan);
                return;
            }

            if (!_repeatsItself && _period != Timeout.InfiniteTimeSpan)
            {
                Arm_NeedsLock(_period);
            }
        }

        _callback(_state);
    }
}
