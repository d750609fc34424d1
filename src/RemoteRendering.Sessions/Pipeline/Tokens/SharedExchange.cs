using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>
/// One sign-in with its token exchange, for however many callers. Ends when it has a token or failed, when its time is over, and when its last caller gives up; what was begun is cancelled then, and not waited for.
/// The credential is foreign code that may ignore that.
/// </summary>
#pragma warning disable CA1001 // Disposes what it owns when it ends: its owner may have let go of it long before.
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

    /// <summary>Begins an exchange.</summary>
    /// <param name="exchange">Makes the exchange.</param>
    /// <param name="time">The clock of its limit.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="callers">How many callers wait for it from its beginning; each leaves with <see cref="WaitAsync"/>.</param>
    /// <param name="failed">Called when it failed or took too long.</param>
    public SharedExchange(Func<CancellationToken, Task<ServiceToken>> exchange, TimeProvider time, TimeSpan limit, int callers, Action<Exception> failed)
    {
        _time = time;
        _start = time.GetTimestamp();
        _limit = limit;
        _callers = callers;
        _failed = failed;

        // It may fail with no caller left who would be told.
        _ = _result.Task.ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _timer = BackgroundWork.CreateTimer(time, static state => ((SharedExchange)state!).OnTimer(), this);
        Schedule();
        _ = BackgroundWork.Start(() => RunAsync(exchange));
    }

    /// <summary>Gets a value indicating whether it has ended, or been given up.</summary>
    public bool IsOver => _result.Task.IsCompleted;

    /// <summary>Adds a caller, who leaves with <see cref="WaitAsync"/>.</summary>
    /// <param name="limit">How long it may take from its beginning, now that a caller waits for it.</param>
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

    /// <summary>Waits for the token. The last caller who gives up ends the exchange.</summary>
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
            // Before the result, so that what follows from a failure holds when callers know of it.
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
            // A logger that throws has no place to say so.
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

    /// <summary>Cancels what was begun. Callbacks of a token are foreign code, which may block or throw.</summary>
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
                // A callback of the credential threw, or its sign-in has just ended: it has been given up either way.
            }

            return Task.CompletedTask;
        });
    }
}
