using RemoteRendering.Sessions.Emulator.Time;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// A clock under the test's control whose wall clock and monotonic clock can part, as they do on real machines: while a laptop sleeps the
/// wall clock goes on and the monotonic clock stands still; a time server moves the wall clock alone; a bad oscillator drifts.
/// </summary>
/// <remarks>
/// Timers run on the monotonic clock, as they do on Linux and in .NET. Their callbacks run on the thread that calls <see cref="Advance"/>,
/// one at a time, in the order in which they are due, and see the time at which they were due. As those of the system, they run in the
/// ExecutionContext in which the timer was made. All members are thread-safe; a callback may create and change timers.
/// </remarks>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<VirtualTimer> _timers = [];
    private readonly List<TimerWaiter> _waiters = [];
    private readonly TimeZoneInfo _localTimeZone;
    private long _monotonicTicks;
    private long _wallTicks;
    private double _wallClockRate = 1.0;
    private long _nextTimerNumber;

    /// <summary>Creates a clock that stands at 2026-01-01T00:00:00Z until it is moved.</summary>
    public VirtualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Creates a clock that stands at a given moment until it is moved.</summary>
    /// <param name="start">What the wall clock shows first.</param>
    public VirtualTimeProvider(DateTimeOffset start)
    {
        _wallTicks = start.UtcTicks;
        _localTimeZone = TimeZoneInfo.Utc;
    }

    /// <summary>Gets the local time zone, which is always UTC.</summary>
    public override TimeZoneInfo LocalTimeZone => _localTimeZone;

    /// <summary>Gets the number of monotonic ticks in a second: 10,000,000.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Gets or sets how fast the wall clock runs against the monotonic clock.</summary>
    /// <value>1.0 by default; 1.0001 gains 100 parts per million. Must be positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a positive finite number.</exception>
    public double WallClockRate
    {
        get
        {
            lock (_gate)
            {
                return _wallClockRate;
            }
        }
        set
        {
            if (!(value > 0) || double.IsInfinity(value))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, "The rate must be a positive finite number; 1.0 is the normal rate.");
            }

            lock (_gate)
            {
                _wallClockRate = value;
            }
        }
    }

    /// <summary>Gets the number of timers that are waiting to fire.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>Gets how long it is, on the monotonic clock, until the next timer fires.</summary>
    /// <value><see langword="null"/> when no timer is waiting.</value>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return NextTimer_NeedsLock() is { } next ? TimeSpan.FromTicks(Math.Max(0, next.DueTicks - _monotonicTicks)) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return new DateTimeOffset(_wallTicks, TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _monotonicTicks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass on both clocks and fires every timer that falls due on the way.</summary>
    /// <param name="delta">
    /// How far the monotonic clock moves; not negative. The wall clock moves by this times <see cref="WallClockRate"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is negative.</exception>
    public void Advance(TimeSpan delta)
    {
        ThrowIfNegative(delta, nameof(delta));
        long target;
        lock (_gate)
        {
            target = checked(_monotonicTicks + delta.Ticks);
        }

        while (true)
        {
            VirtualTimer? due;
            lock (_gate)
            {
                due = NextTimer_NeedsLock();
                if (due is null || due.DueTicks > target)
                {
                    MoveTo_NeedsLock(target);
                    return;
                }

                MoveTo_NeedsLock(due.DueTicks);
                Reschedule_NeedsLock(due);
            }

            due.Fire();
        }
    }

    /// <summary>Puts the machine to sleep: the wall clock goes on, the monotonic clock and all timers stand still.</summary>
    /// <param name="duration">How long the machine sleeps; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is negative.</exception>
    public void Suspend(TimeSpan duration)
    {
        ThrowIfNegative(duration, nameof(duration));
        StepWallClock(duration);
    }

    /// <summary>Moves the wall clock alone, as a time server or a user does.</summary>
    /// <param name="step">How far it moves; negative moves it back.</param>
    public void StepWallClock(TimeSpan step)
    {
        lock (_gate)
        {
            _wallTicks = checked(_wallTicks + step.Ticks);
        }
    }

    /// <summary>
    /// Waits until a number of timers are waiting to fire, so that a test moves time only once the code under test has got there.
    /// </summary>
    /// <param name="count">How many timers must be waiting.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes as soon as that many timers are waiting.</returns>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_timers.Count >= count)
            {
                return Task.CompletedTask;
            }

            var waiter = new TimerWaiter(count);
            _waiters.Add(waiter);
            return waiter.Task.WaitAsync(cancellationToken);
        }
    }

    internal bool Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        List<TimerWaiter>? satisfied = null;
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueTicks = _monotonicTicks + dueTime.Ticks;
                timer.Number = _nextTimerNumber++;
                _timers.Add(timer);
                satisfied = TakeSatisfiedWaiters_NeedsLock();
            }
        }

        satisfied?.ForEach(static waiter => waiter.Complete());
        return true;
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private static void ThrowIfNegative(TimeSpan value, string parameter)
    {
        if (value < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                parameter, value, "Time does not run backwards; use StepWallClock to move the wall clock back.");
        }
    }

    private void MoveTo_NeedsLock(long monotonicTicks)
    {
        // A callback that advanced the clock itself may have passed this point already.
        long delta = monotonicTicks - _monotonicTicks;
        if (delta > 0)
        {
            _monotonicTicks = monotonicTicks;
            _wallTicks += _wallClockRate == 1.0 ? delta : (long)(delta * _wallClockRate);
        }
    }

    private VirtualTimer? NextTimer_NeedsLock()
    {
        VirtualTimer? next = null;
        foreach (VirtualTimer timer in _timers)
        {
            if (next is null || timer.DueTicks < next.DueTicks || (timer.DueTicks == next.DueTicks && timer.Number < next.Number))
            {
                next = timer;
            }
        }

        return next;
    }

    private void Reschedule_NeedsLock(VirtualTimer timer)
    {
        if (timer.Period > TimeSpan.Zero)
        {
            timer.DueTicks += timer.Period.Ticks;
            timer.Number = _nextTimerNumber++;
        }
        else
        {
            _timers.Remove(timer);
        }
    }

    private List<TimerWaiter>? TakeSatisfiedWaiters_NeedsLock()
    {
        List<TimerWaiter>? satisfied = null;
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Count <= _timers.Count)
            {
                (satisfied ??= []).Add(_waiters[i]);
                _waiters.RemoveAt(i);
            }
        }

        return satisfied;
    }
}
