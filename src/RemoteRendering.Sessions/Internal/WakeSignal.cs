namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// A pause that can be ended early, with one waiter and any number of callers that wake it. A wake without a waiter ends the next pause
/// immediately.
/// </summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly object _gate = new();
    private TaskCompletionSource<bool>? _waiter;
    private bool _isSet;

    /// <summary>Gets a value indicating whether the loop is idle.</summary>
    public bool IsWaiting { get; private set; }

    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            IsWaiting = false;
            _waiter?.TrySetResult(true);
        }
    }

    /// <summary>Waits until the time is over, or the pause is ended early.</summary>
    /// <param name="longest">The time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isSet || (longest <= TimeSpan.Zero && longest != Timeout.InfiniteTimeSpan))
            {
                _isSet = false;
                return;
            }

            _waiter = waiter;
        }

        try
        {
            using ITimer? timer = longest == Timeout.InfiniteTimeSpan
                ? null
                : BackgroundWork.CreateTimer(time, static state => ((WakeSignal)state!).Elapse(), this, longest, Timeout.InfiniteTimeSpan);
            using CancellationTokenRegistration registration =
                cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), waiter);
            lock (_gate)
            {
                IsWaiting = !waiter.Task.IsCompleted;
            }

            await waiter.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                IsWaiting = false;
                _waiter = null;
                _isSet = false;
            }
        }
    }

    /// <summary>Ends the pause because its time is over; the loop is not idle from this moment on.</summary>
    private void Elapse()
    {
        lock (_gate)
        {
            IsWaiting = false;
            _waiter?.TrySetResult(false);
        }
    }
}
