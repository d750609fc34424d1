using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Host.Scene.Fetching;

/// <summary>A token that is cancelled with another one, or when nothing has happened for too long.</summary>
internal sealed class Patience : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeSpan _time;
    private bool _isDisposed;

    public Patience(TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        _time = patience;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = BackgroundWork.CreateTimer(time, static state => ((Patience)state!).GiveUp(), this, patience, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Begins to wait anew.</summary>
    public void Renew() => _timer.Change(_time, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        _source.Dispose();
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _source.Cancel();
            }
        }
    }
}
