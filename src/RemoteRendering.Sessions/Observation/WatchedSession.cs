using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Observation;

/// <summary>Represents a watched session handle and the time of its next read. Used under the lock of the observer.</summary>
internal sealed class WatchedSession(IObservedSession session, long now)
{
    /// <summary>The number of consecutive failures after which waits for Ready give up.</summary>
    public const int MaxFailures = 5;

    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromSeconds(1);

    private PollInterval _interval = PollInterval.WhileStarting();
    private RenderingSessionStatus _status = RenderingSessionStatus.Unknown;
    private TimeSpan? _lease;
    private int _watchers;
    private int _waiters;
    private int _failures;
    private bool _isOver;
    private bool _seen;

    public IObservedSession Session { get; } = session;

    /// <summary>Gets a value indicating whether another read can return a change for a watch or a wait.</summary>
    public bool IsWorthALook
        => !_isOver && (_watchers > 0 || (_failures <= MaxFailures && !(_seen && _status == RenderingSessionStatus.Ready)));

    /// <summary>Gets the timestamp of the next read.</summary>
    public long NextLook { get; private set; } = now;

    public void Add(bool untilReadyOnly, long now)
    {
        if (_isOver && !Session.Properties.Status.IsTerminal)
        {
            // A permanent failure ended the earlier waits; a later one gets its own read.
            _isOver = false;
            NextLook = now;
        }

        if (untilReadyOnly)
        {
            _waiters++;

            // A new wait gets a read soon: while a session is starting, the boot schedule decides.
            _failures = 0;
            _seen = false;
            NextLook = Session.Properties.Status == RenderingSessionStatus.Starting ? NextLook : now;
        }
        else
        {
            _watchers++;
        }
    }

    /// <summary>Removes a watch; returns whether none is left.</summary>
    public bool Remove(bool untilReadyOnly)
    {
        if (untilReadyOnly)
        {
            _waiters--;
        }
        else
        {
            _watchers--;
        }

        return _watchers + _waiters == 0;
    }

    /// <summary>Skips the first read when the handle was just created and the boot times are known.</summary>
    public void Begin(TimeProvider time, BootTimes boots)
    {
        if (Session.Properties.Status == RenderingSessionStatus.Starting && Session.Age is { } age
            && boots.Of(Session.Properties.Size) is { Length: >= BootSchedule.FewestBoots } known)
        {
            NextLook = time.TimestampIn(BootSchedule.NextLook(age, known));
        }
    }

    public void Seen(TimeProvider time, BootTimes boots, TimeSpan? retryAfter)
    {
        _failures = 0;
        _seen = true;
        RenderingSessionProperties properties = Session.Properties;
        _isOver = properties.Status.IsTerminal;
        if (properties.Status != _status || properties.MaxLeaseTime != _lease)
        {
            bool isStarting = properties.Status == RenderingSessionStatus.Starting;
            if (!isStarting || _status != properties.Status)
            {
                _interval = isStarting ? PollInterval.WhileStarting() : PollInterval.WhileReady();
            }

            _status = properties.Status;
            _lease = properties.MaxLeaseTime;
        }

        TimeSpan wait = NextWait(boots);
        NextLook = time.TimestampIn(retryAfter > wait ? retryAfter.Value : wait);
    }

    public void Missed(TimeProvider time, bool isFinal)
    {
        _failures++;
        _isOver |= isFinal;
        NextLook = time.TimestampIn(_interval.Next());
    }

    private TimeSpan NextWait(BootTimes boots)
    {
        if (_status == RenderingSessionStatus.Starting)
        {
            return Session.Age is { } age && boots.Of(Session.Properties.Size) is { Length: >= BootSchedule.FewestBoots } known
                ? BootSchedule.NextLook(age, known)
                : _interval.Next();
        }

        // A change is expected at the end of the lease.
        TimeSpan wait = _interval.Next();
        return Session.LeaseLeft is { } left && left + AfterTheEnd < wait ? left + AfterTheEnd : wait;
    }
}
