namespace RemoteRendering.Sessions.Internal;

/// <summary>A source that is cancelled after a time of any length.</summary>
internal sealed class LongDeadline : CancellationTokenSource
{
    private readonly object _gate = new();
    private readonly ITimer _timer;
    private bool _isDisposed;

    public LongDeadline(TimeProvider time, TimeSpan delay)
    {
        _timer = BackgroundWork.CreateTimer(time, static state => ((LongDeadline)state!).Elapse(), this);
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _isDisposed = true;
            }

            _timer.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Elapse()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }
        }

        try
        {
            Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The source was disposed concurrently.
        }
    }
}
