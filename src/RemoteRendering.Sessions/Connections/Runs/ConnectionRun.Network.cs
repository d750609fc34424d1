using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Handles changes of the network of this device: checks the link, or makes the next attempt immediately.</summary>
internal sealed partial class ConnectionRun
{
    /// <summary>The time to collect a burst of changes, which get one check: 100 milliseconds.</summary>
    private static readonly TimeSpan NetworkSettles = TimeSpan.FromMilliseconds(100);

    /// <summary>The shortest interval between two checks for an unstable network: 1 second.</summary>
    private static readonly TimeSpan NetworkPause = TimeSpan.FromSeconds(1);

    /// <summary>The time after a change of the network in which an attempt is made immediately: 10 seconds.</summary>
    private static readonly TimeSpan HurryFor = TimeSpan.FromSeconds(10);

    private readonly object _networkLock = new();
    private IDisposable? _network;
    private ITimer? _networkTimer;
    private long? _networkLookedAt;
    private bool _isNetworkDue;
    private bool _isNetworkOver;
    private bool _hurries;

    private void WatchNetwork()
    {
        if (_options.WatchNetwork)
        {
            _network = _environment.WatchNetwork(OnNetworkChanged);
        }
    }

    private void LeaveNetwork()
    {
        _network?.Dispose();
        lock (_networkLock)
        {
            _isNetworkOver = true;
            _networkTimer?.Dispose();
        }
    }

    /// <summary>Runs on a thread of the platform, and only sets a timer.</summary>
    private void OnNetworkChanged()
    {
        lock (_networkLock)
        {
            if (_isNetworkOver || _isNetworkDue)
            {
                return;
            }

            _isNetworkDue = true;
            _networkTimer ??= BackgroundWork.CreateTimer(
                _environment.Time, static state => ((ConnectionRun)state!).OnNetworkSettled(), this);
            TimeSpan due = _networkLookedAt is { } last ? NetworkPause - _environment.Time.GetElapsedTime(last) : TimeSpan.Zero;
            _networkTimer.Change(due > NetworkSettles ? due : NetworkSettles, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnNetworkSettled()
    {
        lock (_networkLock)
        {
            if (_isNetworkOver)
            {
                return;
            }

            _isNetworkDue = false;
            _networkLookedAt = _environment.Time.GetTimestamp();
            _hurries = true;
        }

        ConnectionLog.NetworkChanged(_environment.Logger, _environment.SessionId);
        if (Volatile.Read(ref _link) is { Completion.IsCompleted: false } link)
        {
            link.Probe();
        }
        else
        {
            CutAttempt("The network of this device changed during the attempt.");
            _backoff.Wake();
        }
    }

    /// <summary>
    /// Returns whether the next attempt should be made immediately because the network has just changed. Returns true once for each change.
    /// </summary>
    private bool TakeHurry()
    {
        lock (_networkLock)
        {
            bool hurries = _hurries && _networkLookedAt is { } at && _environment.Time.GetElapsedTime(at) < HurryFor;
            _hurries = false;
            return hurries;
        }
    }
}
