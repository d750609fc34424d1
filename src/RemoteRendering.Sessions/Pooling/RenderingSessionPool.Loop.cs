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

    /// <summary>Throws out what is no good, and starts what is missing; tells how long until it is worth another look.</summary>
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

            // After a failure one goes ahead; the others follow when it has found the way clear.
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

    /// <summary>Sees to what waits: the good goes to those who wait for it, the bad goes, and about the doubtful the service is asked. Tells how long until it is worth another look.</summary>
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
            last.TrySetException(new RenderingSessionPoolExhaustedException($"The cap of {_options.MaxTotalLeaseTime} is reached; {_budget.Spent} have been bought."));
        }
    }

    /// <summary>How many sessions there may be for those who wait, without buying another.</summary>
    private int Coming_NeedsLock() => _starting + _ready.Count(pooled => pooled.StateFor(_options.MinRemaining!.Value) != PooledSessionState.Bad);

    /// <summary>Runs something that disposing the pool waits for. It is not meant to throw; what does is logged, and keeps nothing else from being done.</summary>
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
            // A session that nobody can name may run until its lease ends.
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

    /// <summary>Starts a session of the first size that there is capacity for.</summary>
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

    /// <summary>Whether what earlier sizes left behind leaves the cap as it is.</summary>
    private bool IsWithinCap()
    {
        lock (_gate)
        {
            return _budget.IsWithinCap;
        }
    }

    private static bool MeansNoCapacity(Exception exception)
        => exception is RenderingSessionEndedException or TimeoutException or RequestFailedException { Status: 400 or 409 or 503 } and not RenderingOutcomeUnknownException;

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
            // It may exist all the same, and would cost.
            await StopFailedStartAsync(sessionId, start, mayHaveBeenReady: true).ConfigureAwait(false);
            throw;
        }

        long created = _time.GetTimestamp();
        PoolTelemetry.Created(_time.GetElapsedTime(start, created));
        try
        {
            await session.WaitUntilReadyAsync(new RenderingSessionWaitOptions { Timeout = _options.StartTimeout }, null, _stop.Token).ConfigureAwait(false);
            PoolTelemetry.Booted(_time.GetElapsedTime(created));
            return new PooledSession(session, asked);
        }
        catch (Exception exception)
        {
            string sessionId = session.SessionUuid;
            bool hasEnded = session.Status.IsTerminal;
            await LetGoAsync(session).ConfigureAwait(false);
            if (!hasEnded)
            {
                // Whoever gave up waiting had looked just before.
                await StopFailedStartAsync(sessionId, start, mayHaveBeenReady: exception is not (TimeoutException or OperationCanceledException)).ConfigureAwait(false);
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

    /// <summary>Gives a session to the first who waits for one, if anybody does.</summary>
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

    /// <summary>How long to leave the service alone after some failures in a row; longer when it says so.</summary>
    private TimeSpan PauseAfter(int failures, Exception? exception)
    {
        TimeSpan? retryAfter = RetryAfterHeader.Read(exception, _time);
        double ticks = Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, Math.Min(failures - 1, 10))) * (0.5 + (_random() / 2));
        var pause = TimeSpan.FromTicks((long)ticks);
        return retryAfter > pause ? retryAfter.Value : pause;
    }

    private TimeSpan Until(long timestamp) => timestamp == long.MinValue ? TimeSpan.Zero : _time.GetElapsedTime(_time.GetTimestamp(), timestamp);

    private async Task DisposeOnceAsync()
    {
        try
        {
            await BackgroundWork.Cancel(_stop).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A callback of a transport or a credential: no reason to leave sessions running.
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

            // What runs may leave something more: a session that became ready just now, another try of a stop that failed.
            await Task.WhenAll(work).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventId = 500, EventName = "PoolStartFailed", Level = LogLevel.Warning, Message = "A session for the pool could not be started, {Failures} times in a row.")]
    private static partial void LogStartFailed(ILogger logger, int failures, Exception exception);

    [LoggerMessage(EventId = 501, EventName = "PoolOtherSize", Level = LogLevel.Information, Message = "No {Size} session could be started for the pool; {Other} is tried next.")]
    private static partial void LogOtherSize(ILogger logger, RenderingSessionVmSize size, RenderingSessionVmSize other, Exception exception);

    [LoggerMessage(EventId = 505, EventName = "PoolWorkFailed", Level = LogLevel.Error, Message = "Background work of the pool failed unexpectedly.")]
    private static partial void LogWorkFailed(ILogger logger, Exception exception);
}
