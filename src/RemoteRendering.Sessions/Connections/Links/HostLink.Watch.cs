using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>The timers of a link: sends a keep-alive when nothing else is sent, and detects a host that is silent for too long.</summary>
internal sealed partial class HostLink
{
    /// <summary>
    /// The tolerance for the announced time of a close, and the delay of a timer above which this process is assumed to have been
    /// suspended: 1 second.
    /// </summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly object _watch = new();
    private ITimer? _timer;
    private TimeSpan _keepAlive;
    private TimeSpan _deadAfter = Timeout.InfiniteTimeSpan;
    private long _lastReceived;
    private long _lastSent;
    private long _tickedAt;
    private DateTimeOffset _tickedAtWall;
    private TimeSpan _tickDue;
    private long? _probedAt;
    private TimeSpan _probeTime;
    private Action<Goodbye, TimeSpan>? _announced;
    private Goodbye? _goodbye;
    private long _goodbyeHeardAt;
    private Goodbye? _goodbyeTold;
    private long _goodbyeToldAt;

    private void StartTimer(TimeSpan keepAlive, TimeSpan deadAfter)
    {
        lock (_watch)
        {
            _keepAlive = keepAlive;
            _deadAfter = deadAfter;
            _timer ??= BackgroundWork.CreateTimer(_time, static state => ((HostLink)state!).Tick(), this);
            Schedule_NeedsWatch(_time.GetTimestamp(), keepAlive);
        }

        if (IsEnded)
        {
            StopTimer();
        }
    }

    private void StopTimer()
    {
        lock (_watch)
        {
            _timer?.Dispose();
        }
    }

    private void EndLater(Goodbye goodbye)
    {
        Action<Goodbye, TimeSpan>? announced;
        lock (_watch)
        {
            _goodbye = goodbye;
            _goodbyeHeardAt = _time.GetTimestamp();
            announced = IsNews_NeedsWatch(goodbye) ? _announced : null;
            if (_timer is not null)
            {
                Schedule_NeedsWatch(_goodbyeHeardAt, _keepAlive);
            }
        }

        announced?.Invoke(goodbye, goodbye.After);
    }

    /// <summary>Returns whether a goodbye differs from the one reported last. Repetitions are not reported to observers.</summary>
    private bool IsNews_NeedsWatch(Goodbye goodbye)
    {
        if (_goodbyeTold is { } told && told.Reason == goodbye.Reason && told.ComeBack == goodbye.ComeBack)
        {
            TimeSpan sinceTold = _time.GetElapsedTime(_goodbyeToldAt, _goodbyeHeardAt);
            if (IsNear(told.After - sinceTold, goodbye.After) && IsNear(told.RetryAfter - sinceTold, goodbye.RetryAfter))
            {
                return false;
            }
        }

        _goodbyeTold = goodbye;
        _goodbyeToldAt = _goodbyeHeardAt;
        return true;
    }

    private static bool IsNear(TimeSpan? left, TimeSpan? right)
        => left is { } one && right is { } other ? (one - other).Duration() <= Slack : left is null && right is null;

    /// <summary>
    /// Sets the receiver of announcements. A goodbye may have arrived directly after the answer to the bind, before there was a receiver.
    /// </summary>
    private void AnnounceTo(Action<Goodbye, TimeSpan> announced)
    {
        Goodbye? heard;
        TimeSpan left;
        lock (_watch)
        {
            _announced = announced;
            heard = _goodbye;
            left = heard is null ? TimeSpan.Zero : heard.After - _time.GetElapsedTime(_goodbyeHeardAt);
            _goodbyeTold = heard;
            _goodbyeToldAt = _goodbyeHeardAt;
        }

        if (heard is not null)
        {
            announced(heard, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Returns the failure for an announced end of the link. An end long before its time is not the announced one: the link dropped, and
    /// the binding still exists.
    /// </summary>
    /// <param name="closeCode">The code with which the host closed, if it did.</param>
    private ConnectionFailure? FindGoodbye(int? closeCode = null)
    {
        lock (_watch)
        {
            if (_goodbye is not { } goodbye)
            {
                return null;
            }

            TimeSpan sinceHeard = _time.GetElapsedTime(_goodbyeHeardAt);
            return sinceHeard >= goodbye.After - Slack || closeCode == goodbye.CloseCode ? goodbye.ToFailure(sinceHeard) : null;
        }
    }

    private void Tick()
    {
        long now = _time.GetTimestamp();
        ConnectionFailure? failure;
        TimeSpan? slept;
        bool keepAlive;
        lock (_watch)
        {
            slept = NoticeSleep_NeedsWatch(now);
            failure = FindEnd_NeedsWatch(now);
            TimeSpan quiet = _time.GetElapsedTime(Volatile.Read(ref _lastSent), now);
            keepAlive = quiet >= _keepAlive;
            if (failure is null)
            {
                Schedule_NeedsWatch(now, keepAlive ? _keepAlive : _keepAlive - quiet);
            }
        }

        if (slept is { } jump)
        {
            ConnectionLog.ClockJump(_logger, jump);
        }

        if (failure is not null)
        {
            End(failure);
            return;
        }

        if (keepAlive)
        {
            DueKeepAlive();
            PumpElsewhere();
        }

        if (_requestTimeout is { } limit)
        {
            _binding.TimeOut(this, limit, now);
        }
    }

    /// <summary>
    /// Detects a sleep or a suspension of this process, after which silence proves nothing: messages of the host may be in the buffers, or
    /// the host may have given up. A sign of life must then follow soon.
    /// </summary>
    private TimeSpan? NoticeSleep_NeedsWatch(long now)
    {
        DateTimeOffset wall = _time.GetUtcNow();
        TimeSpan passed = _time.GetElapsedTime(_tickedAt, now);
        TimeSpan slept = wall - _tickedAtWall - passed;
        _tickedAt = now;
        _tickedAtWall = wall;
        if (_deadAfter <= TimeSpan.Zero || (slept <= _deadAfter && passed <= _tickDue + Slack))
        {
            return null;
        }

        _probedAt = now;
        _probeTime = ProbeTime;
        TimeSpan late = passed - _tickDue;
        return slept > late ? slept : late;
    }

    private ConnectionFailure? FindEnd_NeedsWatch(long now)
    {
        if (_goodbye is { } goodbye && _time.GetElapsedTime(_goodbyeHeardAt, now) >= goodbye.After + Slack)
        {
            return FindGoodbye();
        }

        if (_deadAfter <= TimeSpan.Zero)
        {
            return null;
        }

        long heard = LastReceived;
        if (_probedAt > heard)
        {
            return _time.GetElapsedTime(_probedAt.Value, now) >= _probeTime ? Silent() : null;
        }

        _probedAt = null;
        return _time.GetElapsedTime(heard, now) >= _deadAfter ? Silent() : null;
    }

    /// <summary>Gets the time-out of a check: a responding host sends a message within its keep-alive interval.</summary>
    private TimeSpan ProbeTime => TimeSpan.FromTicks(Math.Min(_deadAfter.Ticks, _keepAlive.Ticks + Slack.Ticks));

    private static ConnectionFailure Silent() =>
        new(null, RenderingConnectionReason.HostUnresponsive, "The host sent nothing for too long.");

    private void Schedule_NeedsWatch(long now, TimeSpan untilKeepAlive)
    {
        TimeSpan due = untilKeepAlive;
        if (_deadAfter > TimeSpan.Zero)
        {
            due = Min(
                due,
                _probedAt is { } probed
                    ? _probeTime - _time.GetElapsedTime(probed, now)
                    : _deadAfter - _time.GetElapsedTime(LastReceived, now));
        }

        if (_goodbye is { } goodbye)
        {
            due = Min(due, goodbye.After + Slack - _time.GetElapsedTime(_goodbyeHeardAt, now));
        }

        if (_requestTimeout is { } limit)
        {
            // Only for limits of less than a few keep-alive intervals: others are checked with the keep-alive.
            TimeSpan look = TimeSpan.FromTicks(limit.Ticks / 4);
            due = Min(due, look > LinkLimits.ShortestKeepAlive ? look : LinkLimits.ShortestKeepAlive);
        }

        // Timers count whole milliseconds: a remainder below one would fire too early, repeatedly.
        long milliseconds = Math.Max(1, (long)Math.Ceiling(due.TotalMilliseconds));
        _tickDue = TimeSpan.FromTicks(milliseconds * TimeSpan.TicksPerMillisecond);
        _tickedAt = now;
        _tickedAtWall = _time.GetUtcNow();
        _timer!.Change(_tickDue, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
