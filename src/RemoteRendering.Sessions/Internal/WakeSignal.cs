namespace RemoteRendering.Sessions.Internal;

/// <summary>A pause that can be cut short. One waits, any number may wake; a wake that comes while nobody waits ends the next pause at once.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly object _gate = new();
    private TaskCompletionSource<bool>? _waiter;
    private bool _isSet;

    /// <summary>Gets a value indicating whether somebody waits, which is to say that what they do is done.</summary>
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

    /// <summary>Waits until the time is over, or somebody wakes it.</summary>
    /// <param name="longest">The time; <see cref="Timeout.InfiniteTimeSpan"/> for no end.</param>
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
            using ITimer? timer = longest == Timeout.InfiniteTimeSpan ? null : BackgroundWork.CreateTimer(time, static state => ((WakeSignal)state!).Elapse(), this, longest, Timeout.InfiniteTimeSpan);
            using CancellationTokenRegistration registration = cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), waiter);
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

    /// <summary>The time is over: from this very moment there is something to do.</summary>
    private void Elapse()
    {
        lock (_gate)
        {
            IsWaiting = false;
            _waiter?.TrySetResult(false);
        }
    }
}
