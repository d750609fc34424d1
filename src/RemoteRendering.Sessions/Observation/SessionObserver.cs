using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Observation;

/// <summary>
/// Watches the sessions of one client with one loop that makes one request at a time: it reads single sessions or lists all of them,
/// whichever needs fewer requests. The loop runs only while there is a watch. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // The source of a run holds neither timer nor handle, and is dropped when the run ends.
internal sealed partial class SessionObserver
#pragma warning restore CA1001
{
    /// <summary>A session that was read within this time needs no further read: 2 seconds.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly Dictionary<IObservedSession, WatchedSession> _sessions = [];
    private readonly Func<CancellationToken, AsyncPageable<RenderingSessionProperties>> _list;
    private readonly Func<string, CancellationToken, Task<Response<RenderingSessionProperties>>> _read;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WakeSignal _wake;
    private CancellationTokenSource? _run;
    private Task _loop = Task.CompletedTask;

    public SessionObserver(
        Func<CancellationToken, AsyncPageable<RenderingSessionProperties>> list,
        Func<string, CancellationToken, Task<Response<RenderingSessionProperties>>> read,
        TimeProvider time,
        ILogger logger)
    {
        _list = list;
        _read = read;
        _time = time;
        _logger = logger;
        _wake = new WakeSignal(time);
        Account = new AccountTable(Stops);
    }

    /// <summary>Gets a value indicating whether the loop is idle until time passes or a watch is added.</summary>
    public bool IsResting => _wake.IsWaiting;

    /// <summary>Gets a value indicating whether there is a watch.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _run is not null;
            }
        }
    }

    public BootTimes Boots { get; } = new();

    public StoppedSessions Stops { get; } = new();

    public AccountTable Account { get; }

    /// <summary>Reads a session periodically.</summary>
    /// <param name="session">The session.</param>
    /// <param name="untilReadyOnly">Whether the watch ends when the session is ready.</param>
    public void Watch(IObservedSession session, bool untilReadyOnly)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(session, out WatchedSession? watched))
            {
                _sessions.Add(session, watched = new WatchedSession(session, _time.GetTimestamp()));
                watched.Begin(_time, Boots);
            }

            watched.Add(untilReadyOnly, _time.GetTimestamp());
            Start_NeedsLock();
        }

        _wake.Set();
    }

    public Task UnwatchAsync(IObservedSession session, bool untilReadyOnly)
    {
        Task over = Task.CompletedTask;
        lock (_gate)
        {
            if (_sessions.TryGetValue(session, out WatchedSession? watched) && watched.Remove(untilReadyOnly))
            {
                _sessions.Remove(session);
                over = StopIfIdle_NeedsLock();
            }
        }

        return over;
    }

    public void WatchAccount(AccountSubscription subscription)
    {
        Account.Add(subscription);
        lock (_gate)
        {
            _nextList = _time.GetTimestamp();
            Start_NeedsLock();
        }

        _wake.Set();
    }

    public Task UnwatchAccountAsync(AccountSubscription subscription)
    {
        Account.Remove(subscription);
        lock (_gate)
        {
            return StopIfIdle_NeedsLock();
        }
    }

    private void Start_NeedsLock()
    {
        if (_run is null)
        {
            _run = new CancellationTokenSource();
            CancellationToken stop = _run.Token;
            Task before = _loop;
            _loop = BackgroundWork.Start(() => RunAsync(before, stop));
        }
    }

    /// <summary>Ends the loop when there is no watch; returns a task that completes when it has ended.</summary>
    private Task StopIfIdle_NeedsLock()
    {
        if (_sessions.Count > 0 || Account.IsWatched || _run is null)
        {
            return Task.CompletedTask;
        }

        _run.Cancel();
        _run = null;
        return _loop;
    }
}
