using Azure;
using Microsoft.Extensions.Logging;

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
            TimeSpan pause = TopUp();
            try
            {
                await _wake.WaitAsync(pause, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    /// <summary>Throws out what is no good, and starts what is missing; tells how long until it is worth another look.</summary>
    private TimeSpan TopUp()
    {
        lock (_gate)
        {
            int count = _ready.Count;
            for (int i = 0; i < count; i++)
            {
                PooledSession pooled = _ready.Dequeue();
                if (pooled.IsGood(_options.MinRemaining!.Value))
                {
                    _ready.Enqueue(pooled);
                }
                else
                {
                    Run_NeedsLock(() => DiscardAsync(pooled));
                }
            }

            TimeSpan heldBack = _notBefore == long.MinValue ? TimeSpan.Zero : _time.GetElapsedTime(_time.GetTimestamp(), _notBefore);
            if (heldBack > TimeSpan.Zero)
            {
                return heldBack < Heartbeat ? heldBack : Heartbeat;
            }

            // After a failure one goes ahead; the others follow when it has found the way clear.
            int atOnce = _failures > 0 ? 1 : _options.MaxParallelStarts;
            while (_starting < atOnce && _ready.Count + _starting < _options.ReadySessions + _takers.Count && _budget.Allows)
            {
                _budget.Reserve();
                _starting++;
                Run_NeedsLock(StartAsync);
            }

            FailTakersIfExhausted_NeedsLock();
            return Heartbeat;
        }
    }

    private void FailTakersIfExhausted_NeedsLock()
    {
        while (_takers.Count > _starting && !_budget.Allows)
        {
            TaskCompletionSource<RenderingSession> last = _takers.Last!.Value;
            _takers.RemoveLast();
            last.TrySetException(new RenderingSessionPoolExhaustedException($"The cap of {_options.MaxTotalLeaseTime} is reached; {_budget.Spent} have been bought."));
        }
    }

    /// <summary>Runs something that disposing the pool waits for. It must not throw.</summary>
    private void Run_NeedsLock(Func<Task> work)
    {
        Task? task = null;
        task = Task.Run(async () =>
        {
            await work().ConfigureAwait(false);
            lock (_gate)
            {
                _work.Remove(task!);
            }
        });
        _work.Add(task);
    }

    private async Task StartAsync()
    {
        RenderingSession? session = null;
        bool isPaidFor = false;
        try
        {
            session = await StartAnySizeAsync().ConfigureAwait(false);
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

        if (session is not null && _stop.IsCancellationRequested)
        {
            isPaidFor = true;
            await StopAndSettleAsync(session).ConfigureAwait(false);
            session = null;
        }

        lock (_gate)
        {
            _starting--;
            if (session is not null)
            {
                _failures = 0;
                Offer_NeedsLock(session);
            }
            else if (!isPaidFor)
            {
                _budget.Settle(TimeSpan.Zero);
            }
        }

        _wake.Set();
    }

    /// <summary>Starts a session of the first size that there is capacity for.</summary>
    private async Task<RenderingSession> StartAnySizeAsync()
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
        => exception is RenderingSessionEndedException or TimeoutException or RequestFailedException { Status: 400 or 409 or 503 };

    private async Task<RenderingSession> StartOneAsync(RenderingSessionVmSize size)
    {
        long start = _time.GetTimestamp();
        var creation = new RenderingSessionCreationOptions(_options.MaxLeaseTime, size);
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
            return session;
        }
        catch (Exception exception)
        {
            string sessionId = session.SessionUuid;
            bool hasEnded = session.Status.IsTerminal;
            await session.DisposeAsync().ConfigureAwait(false);
            if (!hasEnded)
            {
                await StopFailedStartAsync(sessionId, start, mayHaveBeenReady: exception is RequestFailedException).ConfigureAwait(false);
            }

            throw;
        }
    }

    private static string? SessionIdOf(Exception exception) => exception switch
    {
        RenderingOutcomeUnknownException unknown => unknown.SessionId,
        OperationCanceledException cancelled => cancelled.Data["SessionId"] as string,
        _ => null,
    };

    private void Offer_NeedsLock(RenderingSession session)
    {
        while (_takers.First is { } first)
        {
            _takers.RemoveFirst();
            if (first.Value.TrySetResult(session))
            {
                return;
            }
        }

        var pooled = new PooledSession(session);
        _ready.Enqueue(pooled);
        Run_NeedsLock(() => WatchAsync(pooled));
    }

    /// <summary>Watches a waiting session, so that one that fails is replaced before anybody takes it.</summary>
    private async Task WatchAsync(PooledSession pooled)
    {
        try
        {
            IAsyncEnumerator<RenderingSessionChange> changes = pooled.Session.WatchAsync(pooled.Left).GetAsyncEnumerator(CancellationToken.None);
            try
            {
                while (await changes.MoveNextAsync().ConfigureAwait(false))
                {
                    // The last change ends the enumeration.
                }
            }
            finally
            {
                await changes.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or RequestFailedException)
        {
        }

        _wake.Set();
    }

    private async Task DiscardAsync(PooledSession pooled)
    {
        pooled.Dispose();
        await StopAndSettleAsync(pooled.Session).ConfigureAwait(false);
        _wake.Set();
    }

    private void NoteFailure(Exception exception)
    {
        TimeSpan? retryAfter = exception is RequestFailedException failure ? RetryAfterHeader.Read(failure.GetRawResponse(), _time) : null;
        int failures;
        lock (_gate)
        {
            failures = ++_failures;
            double pause = Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, Math.Min(failures - 1, 10))) * (0.5 + (_random() / 2));
            var time = TimeSpan.FromTicks((long)pause);
            time = retryAfter > time ? retryAfter.Value : time;
            _notBefore = Math.Max(_notBefore, _time.GetTimestamp() + (long)(time.TotalSeconds * _time.TimestampFrequency));
        }

        LogStartFailed(_logger, failures, exception);
    }

    private async Task DisposeOnceAsync()
    {
#if NET8_0_OR_GREATER
        await _stop.CancelAsync().ConfigureAwait(false);
#else
        _stop.Cancel();
#endif
        await _loop.ConfigureAwait(false);
        while (true)
        {
            Task[] work;
            lock (_gate)
            {
                foreach (TaskCompletionSource<RenderingSession> taker in _takers)
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

    [LoggerMessage(EventId = 501, EventName = "PoolOtherSize", Level = LogLevel.Information, Message = "No {Size} session could be started for the pool; {Other} is tried.")]
    private static partial void LogOtherSize(ILogger logger, RenderingSessionVmSize size, RenderingSessionVmSize other, Exception exception);
}
