using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>
/// Represents one sign-in with its token exchange, shared by its callers. It ends with a token or a failure, when its time is over, and
/// when its last caller cancels. Pending work is then cancelled and not awaited, because the credential may ignore the cancellation.
/// </summary>
#pragma warning disable CA1001 // It disposes its resources when it ends, because its owner may have released it before.
internal sealed class SharedExchange
#pragma warning restore CA1001
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource<ServiceToken> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Action<Exception> _failed;
    private TimeSpan _limit;
    private int _callers;

    /// <summary>Starts an exchange.</summary>
    /// <param name="exchange">The function that makes the exchange.</param>
    /// <param name="time">The clock of its limit.</param>
    /// <param name="limit">The longest duration of the exchange.</param>
    /// <param name="callers">The number of callers that wait from the start; each leaves with <see cref="WaitAsync"/>.</param>
    /// <param name="failed">Is called when the exchange failed or timed out.</param>
    public SharedExchange(
        Func<CancellationToken, Task<ServiceToken>> exchange, TimeProvider time, TimeSpan limit, int callers, Action<Exception> failed)
    {
        _time = time;
        _start = time.GetTimestamp();
        _limit = limit;
        _callers = callers;
        _failed = failed;

        // It may fail when no caller is left.
        _ = _result.Task.ContinueWith(
            static task =>
                task.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _timer = BackgroundWork.CreateTimer(time, static state => ((SharedExchange)state!).OnTimer(), this);
        Schedule();
        _ = BackgroundWork.Start(() => RunAsync(exchange));
    }

    /// <summary>Gets a value indicating whether the exchange has ended or was cancelled.</summary>
    public bool IsOver => _result.Task.IsCompleted;

    /// <summary>Adds a caller, which leaves with <see cref="WaitAsync"/>.</summary>
    /// <param name="limit">The longest duration from its start, now that a caller waits for it.</param>
    /// <returns>Whether it was not over.</returns>
    public bool TryJoin(TimeSpan limit)
    {
        lock (_gate)
        {
            if (IsOver)
            {
                return false;
            }

            _callers++;
            _limit = limit;
        }

        Schedule();
        return true;
    }

    /// <summary>Waits for the token. The last caller that cancels ends the exchange.</summary>
    public async Task<ServiceToken> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Abandonable.WaitAsync(_result.Task, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            bool isAbandoned;
            lock (_gate)
            {
                isAbandoned = --_callers == 0 && _result.TrySetCanceled(CancellationToken.None);
            }

            if (isAbandoned)
            {
                Stop();
            }
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<ServiceToken>> exchange)
    {
        try
        {
            _result.TrySetResult(await exchange(_stop.Token).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // Before the result, so that the state after a failure is set when callers get it.
            if (!IsOver)
            {
                TellFailed(exception);
            }

            _result.TrySetException(exception);
        }
        finally
        {
            _timer.Dispose();
            _stop.Dispose();
        }
    }

    private void TellFailed(Exception exception)
    {
        try
        {
            _failed(exception);
        }
        catch (Exception)
        {
            // An exception from a logger cannot be reported anywhere.
        }
    }

    private void OnTimer()
    {
        TokenExchangeException? late = null;
        lock (_gate)
        {
            if (_limit != Timeout.InfiniteTimeSpan && _time.GetElapsedTime(_start) >= _limit)
            {
                late = SignInFailure.TookTooLong(_limit);
                late = _result.TrySetException(late) ? late : null;
            }
        }

        if (late is null)
        {
            Schedule();
            return;
        }

        Stop();
        TellFailed(late);
    }

    private void Schedule()
    {
        lock (_gate)
        {
            if (!IsOver)
            {
                TimeSpan left = _limit == Timeout.InfiniteTimeSpan ? TimerLimit.Longest : _limit - _time.GetElapsedTime(_start);
                _timer.Change(TimerLimit.Cut(left > TimeSpan.Zero ? left : TimeSpan.Zero), Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Cancels the pending work. Callbacks of the token are code of the credential, which may block or throw.</summary>
    private void Stop()
    {
        _timer.Dispose();
        _ = BackgroundWork.Start(() =>
        {
            try
            {
                _stop.Cancel();
            }
            catch (Exception exception) when (exception is AggregateException or ObjectDisposedException)
            {
                // A callback of the credential threw, or its sign-in has just ended: it is cancelled in either case.
            }

            return Task.CompletedTask;
        });
    }
}
