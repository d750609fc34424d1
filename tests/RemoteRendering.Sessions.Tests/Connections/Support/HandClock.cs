namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A clock that a test moves, and whose timers fire when the test says so: on time, late, or never.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<HandTimer> _timers = [];
    private long _ticks;
    private long _wall = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public int Running => Read(() => _timers.Count);

    /// <summary>How far away the only timer is.</summary>
    public TimeSpan Due => Read(() => TimeSpan.FromTicks(Assert.Single(_timers).DueTicks - _ticks));

    public override long GetTimestamp() => Read(() => _ticks);

    public override DateTimeOffset GetUtcNow() => Read(() => new DateTimeOffset(_wall, TimeSpan.Zero));

    /// <summary>Time passes; no timer fires.</summary>
    public void Pass(TimeSpan time) => Read(() =>
    {
        _wall += time.Ticks;
        return _ticks += time.Ticks;
    });

    /// <summary>The device sleeps: only the wall clock goes on.</summary>
    public void Sleep(TimeSpan time) => Read(() => _wall += time.Ticks);

    /// <summary>The only timer fires, now.</summary>
    public void Fire()
    {
        HandTimer timer = Read(() => Assert.Single(_timers));
        Read(() => _timers.Remove(timer));
        timer.Fire();
    }

    /// <summary>Time passes, and the timers that are due then fire.</summary>
    public void Elapse(TimeSpan time)
    {
        Pass(time);
        foreach (HandTimer timer in Read(() => _timers.Where(timer => timer.DueTicks <= _ticks).ToArray()))
        {
            Read(() => _timers.Remove(timer));
            timer.Fire();
        }
    }

    /// <summary>Time passes until the only timer is due, and it fires.</summary>
    public void Tick()
    {
        Pass(Due);
        Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private sealed class HandTimer(HandClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public long DueTicks { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Read(() =>
        {
            clock._timers.Remove(this);
            if (!_isDisposed && dueTime != Timeout.InfiniteTimeSpan)
            {
                DueTicks = clock._ticks + dueTime.Ticks;
                clock._timers.Add(this);
            }

            return !_isDisposed;
        });

        public void Dispose() => clock.Read(() =>
        {
            _isDisposed = true;
            return clock._timers.Remove(this);
        });

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
