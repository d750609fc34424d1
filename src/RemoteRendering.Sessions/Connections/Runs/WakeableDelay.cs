using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>A wait that can be ended early. A wake without a waiter ends the next wait immediately.</summary>
internal sealed class WakeableDelay(TimeProvider time)
{
    private readonly object _lock = new();
    private TaskCompletionSource<bool>? _waiting;
    private bool _woken;

    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_woken)
            {
                _woken = false;
                return;
            }

            _waiting = completion;
        }

        try
        {
            using CancellationTokenRegistration registration = cancellationToken.Register(
                static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), completion);
            using ITimer timer = BackgroundWork.CreateTimer(
                time, static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), completion, delay, Timeout.InfiniteTimeSpan);
            await completion.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiting = null;
            }
        }
    }

    public void Wake()
    {
        lock (_lock)
        {
            if (_waiting is null)
            {
                _woken = true;
            }
            else
            {
                _waiting.TrySetResult(true);
            }
        }
    }

    /// <summary>Clears a wake that had no waiter.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _woken = false;
        }
    }
}
