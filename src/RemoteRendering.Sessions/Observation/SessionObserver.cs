using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Observation;

/// <summary>
/// Watches sessions for everybody in one client, with one loop that makes one request at a time: by reading one session, or all of them by the page, whichever is less. The loop
/// runs only while somebody watches. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // The source of a run has neither timer nor handle, and is dropped when the run ends.
internal sealed partial class SessionObserver
#pragma warning restore CA1001
{
    /// <summary>A session that was heard of this lately needs no look.</summary>
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

    /// <summary>Gets a value indicating whether nothing is under way until time passes or somebody comes.</summary>
    public bool IsResting => _wake.IsWaiting;

    /// <summary>Gets a value indicating whether somebody watches.</summary>
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

    public StopNotes Stops { get; } = new();

    public AccountTable Account { get; }

    /// <summary>Looks at a session from time to time.</summary>
    /// <param name="session">The session.</param>
    /// <param name="untilReadyOnly">Whether what comes after Ready is of no interest.</param>
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

    /// <summary>Ends the loop when nobody is left; tells when it has ended.</summary>
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
