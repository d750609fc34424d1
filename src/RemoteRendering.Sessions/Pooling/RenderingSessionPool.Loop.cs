using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <content>The filling of the pool.</content>
public partial class RenderingSessionPool
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private int _starting;
    private int _failures;
    private long _notBefore = long.MinValue;

    private async Task RunAsync()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                TimeSpan pause = TopUp();
                await _wake.WaitAsync(pause, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception exception)
            {
                LogWorkFailed(_logger, exception);
                await PauseAsync(FirstPause).ConfigureAwait(false);
            }
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await _time.DelayAsync(pause, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Removes unusable sessions and starts missing ones. Returns the time until the next check.</summary>
    private TimeSpan TopUp()
    {
        lock (_gate)
        {
            TimeSpan pause = LookThrough_NeedsLock();
            FailTakersIfRefused_NeedsLock();
            TimeSpan heldBack = Until(_notBefore);
            if (heldBack > TimeSpan.Zero)
            {
                return heldBack < pause ? heldBack : pause;
            }

            // After a failure one session is started alone; the others follow when it has succeeded.
            int atOnce = _failures > 0 ? 1 : _options.MaxParallelStarts;
            while (_starting < atOnce && _ready.Count + _starting < (long)_options.ReadySessions + _takers.Count && _budget.Allows)
            {
                _budget.Reserve();
                _starting++;
                Run_NeedsLock(StartAsync);
            }

            FailTakersIfExhausted_NeedsLock();
            return pause;
        }
    }

    /// <summary>
    /// Checks the waiting sessions: good ones go to waiting callers, bad ones are removed, and doubtful ones are read. Returns the time
    /// until the next check.
    /// </summary>
    private TimeSpan LookThrough_NeedsLock()
    {
        TimeSpan pause = Heartbeat;
        int count = _ready.Count;
        for (int i = 0; i < count; i++)
        {
            PooledSession pooled = _ready.Dequeue();
            PooledSessionState state = pooled.StateFor(_options.MinRemaining!.Value);
            if (state == PooledSessionState.Bad)
            {
                Run_NeedsLock(() => DiscardAsync(pooled));
            }
            else if (state == PooledSessionState.Doubtful)
            {
                _ready.Enqueue(pooled);
                TimeSpan wait = Ask_NeedsLock(pooled);
                pause = wait < pause ? wait : pause;
            }
            else if (!HandOut_NeedsLock(pooled))
            {
                _ready.Enqueue(pooled);
            }
        }

        return pause;
    }

    private void FailTakersIfExhausted_NeedsLock()
    {
        while (!_budget.Allows && _takers.Count > Coming_NeedsLock())
        {
            TaskCompletionSource<PooledSession> last = _takers.Last!.Value;
            _takers.RemoveLast();
            last.TrySetException(new RenderingSessionPoolExhaustedException(
                $"The pool has reached its cap of {_options.MaxTotalLeaseTime}; it has bought {_budget.Spent}."));
        }
    }

    /// <summary>Returns the number of sessions that waiting callers may get without another purchase.</summary>
    private int Coming_NeedsLock()
        => _starting + _ready.Count(pooled => pooled.StateFor(_options.MinRemaining!.Value) != PooledSessionState.Bad);

    /// <summary>
    /// Runs background work that the dispose of the pool waits for. An exception is logged and does not affect other work.
    /// </summary>
    private void Run_NeedsLock(Func<Task> work)
    {
        Task? task = null;
        task = BackgroundWork.Start(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                LogWorkFailed(_logger, exception);
            }
            finally
            {
                lock (_gate)
                {
                    _work.Remove(task!);
                }
            }
        });
        _work.Add(task);
    }

    private async Task StartAsync()
    {
        PooledSession? pooled = null;
        bool isPaidFor = false;
        try
        {
            pooled = await StartAnySizeAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // A session with an unknown id may run until its lease ends.
            isPaidFor = exception is RenderingOutcomeUnknownException { Operation: "Create", SessionId: null };
            NoteFailure(exception);
        }
        finally
        {
            lock (_gate)
            {
                _starting--;
                if (pooled is not null)
                {
                    _failures = 0;
                    _refusal = null;
                    Offer_NeedsLock(pooled);
                }
                else if (!isPaidFor)
                {
                    _budget.Settle(TimeSpan.Zero);
                }
            }

            _wake.Set();
        }
    }

    /// <summary>Starts a session of the first size for which there is capacity.</summary>
    private async Task<PooledSession> StartAnySizeAsync()
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await StartOneAsync(_options.Sizes[i]).ConfigureAwait(false);
            }
            catch (Exception exception) when (i + 1 < _options.Sizes.Count && MeansNoCapacity(exception) && IsWithinCap())
            {
                LogOtherSize(_logger, _options.Sizes[i], _options.Sizes[i + 1], exception);
            }
        }
    }

    /// <summary>Returns whether the cost of failed starts of earlier sizes leaves room below the cap.</summary>
    private bool IsWithinCap()
    {
        lock (_gate)
        {
            return _budget.IsWithinCap;
        }
    }

    private static bool MeansNoCapacity(Exception exception)
        => exception is RenderingSessionEndedException or TimeoutException or RequestFailedException
        {
            Status: 400 or 409 or 503
        } and not RenderingOutcomeUnknownException;

    private async Task<PooledSession> StartOneAsync(RenderingSessionVmSize size)
    {
        var asked = Moment.Now(_time);
        long start = asked.Timestamp;
        var creation = new RenderingSessionCreationOptions(_options.MaxLeaseTime, size) { IsSpare = true };
        RenderingSession session;
        try
        {
            session = await _client.CreateNewRenderingSessionAsync(creation, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (SessionIdOf(exception) is { } sessionId)
        {
            // The session may exist nevertheless, and would be billed.
            await StopFailedStartAsync(sessionId, start, mayHaveBeenReady: true).ConfigureAwait(false);
            throw;
        }

        long created = _time.GetTimestamp();
        PoolTelemetry.Created(_time.GetElapsedTime(start, created));
        try
        {
            await session.WaitUntilReadyAsync(
                new RenderingSessionWaitOptions { Timeout = _options.StartTimeout }, null, _stop.Token).ConfigureAwait(false);
            PoolTelemetry.Booted(_time.GetElapsedTime(created));
            return new PooledSession(session, asked);
        }
        catch (Exception exception)
        {
            string sessionId = session.SessionUuid;
            bool hasEnded = session.Status.IsTerminal;
            await DisposeHandleAsync(session).ConfigureAwait(false);
            if (!hasEnded)
            {
                // A wait that was given up had read the session just before.
                await StopFailedStartAsync(
                    sessionId, start,
                    mayHaveBeenReady: exception is not (TimeoutException or OperationCanceledException)).ConfigureAwait(false);
            }

            throw;
        }
    }

    private static string? SessionIdOf(Exception exception)
        => (exception as RenderingOutcomeUnknownException)?.SessionId ?? exception.Data["SessionId"] as string;

    private void Offer_NeedsLock(PooledSession pooled)
    {
        if (_stop.IsCancellationRequested)
        {
            Run_NeedsLock(() => DiscardAsync(pooled));
        }
        else if (pooled.StateFor(_options.MinRemaining!.Value) == PooledSessionState.Doubtful || !HandOut_NeedsLock(pooled))
        {
            _ready.Enqueue(pooled);
            Run_NeedsLock(() => WatchAsync(pooled));
        }
    }

    /// <summary>Hands a session to the first waiting caller, if there is one.</summary>
    private bool HandOut_NeedsLock(PooledSession pooled)
    {
        while (_takers.First is { } first)
        {
            _takers.RemoveFirst();
            if (first.Value.TrySetResult(pooled))
            {
                return true;
            }
        }

        return false;
    }

    private async Task DiscardAsync(PooledSession pooled)
    {
        pooled.Dispose();
        await StopAndSettleAsync(pooled).ConfigureAwait(false);
        _wake.Set();
    }

    private void NoteFailure(Exception exception)
    {
        int failures;
        lock (_gate)
        {
            failures = ++_failures;
            _refusal = IsRefusal(exception) ? exception : null;
            _notBefore = Math.Max(_notBefore, _time.TimestampIn(PauseAfter(failures, exception)));
        }

        LogStartFailed(_logger, failures, exception);
    }

    /// <summary>Returns the pause after consecutive failures; longer if the service sent a Retry-After.</summary>
    private TimeSpan PauseAfter(int failures, Exception? exception)
    {
        TimeSpan? retryAfter = RetryAfterHeader.Read(exception, _time);
        double ticks = Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, Math.Min(failures - 1, 10))) * (0.5 + (_random() / 2));
        var pause = TimeSpan.FromTicks((long)ticks);
        return retryAfter > pause ? retryAfter.Value : pause;
    }

    private TimeSpan Until(long timestamp)
        => timestamp == long.MinValue ? TimeSpan.Zero : _time.GetElapsedTime(_time.GetTimestamp(), timestamp);

    private async Task DisposeOnceAsync()
    {
        try
        {
            await BackgroundWork.Cancel(_stop).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A callback of a transport or a credential threw: the sessions must be stopped nevertheless.
            LogWorkFailed(_logger, exception);
        }

        await _loop.ConfigureAwait(false);
        while (true)
        {
            Task[] work;
            lock (_gate)
            {
                foreach (TaskCompletionSource<PooledSession> taker in _takers)
                {
                    taker.TrySetException(Disposed());
                }

                _takers.Clear();
                while (_ready.Count > 0)
                {
                    PooledSession pooled = _ready.Dequeue();
                    Run_NeedsLock(() => DiscardAsync(pooled));
                }

                work = [.. _work];
            }

            if (work.Length == 0)
            {
                return;
            }

            // Running work may add more work: a session that just became ready, another try of a failed stop.
            await Task.WhenAll(work).ConfigureAwait(false);
        }
    }

    [LoggerMessage(
        EventId = 500, EventName = "PoolStartFailed", Level = LogLevel.Warning,
        Message = "Starting a session for the pool failed, {Failures} times in a row.")]
    private static partial void LogStartFailed(ILogger logger, int failures, Exception exception);

    [LoggerMessage(
        EventId = 501, EventName = "PoolOtherSize", Level = LogLevel.Information,
        Message = "Starting a {Size} session for the pool failed; the pool tries {Other} next.")]
    private static partial void LogOtherSize(
        ILogger logger, RenderingSessionVmSize size, RenderingSessionVmSize other, Exception exception);

    [LoggerMessage(
        EventId = 505, EventName = "PoolWorkFailed", Level = LogLevel.Error,
        Message = "Background work of the pool threw an unexpected exception.")]
    private static partial void LogWorkFailed(ILogger logger, Exception exception);
}
