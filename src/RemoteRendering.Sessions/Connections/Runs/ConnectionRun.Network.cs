using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>What the run does when the network of this device has changed: looks whether the link is alive, or tries again at once.</summary>
internal sealed partial class ConnectionRun
{
    /// <summary>Changes come in bursts: one look answers them all.</summary>
    private static readonly TimeSpan NetworkSettles = TimeSpan.FromMilliseconds(100);

    /// <summary>A network that comes and goes is looked at no more often.</summary>
    private static readonly TimeSpan NetworkPause = TimeSpan.FromSeconds(1);

    /// <summary>How long after a change of the network an attempt is hurried.</summary>
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

    /// <summary>Runs on a thread of the platform: only sets a timer.</summary>
    private void OnNetworkChanged()
    {
        lock (_networkLock)
        {
            if (_isNetworkOver || _isNetworkDue)
            {
                return;
            }

            _isNetworkDue = true;
            _networkTimer ??= BackgroundWork.CreateTimer(_environment.Time, static state => ((ConnectionRun)state!).OnNetworkSettled(), this);
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

    /// <summary>Whether the next attempt should be made at once, because the network has changed just now. Once for each change.</summary>
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
