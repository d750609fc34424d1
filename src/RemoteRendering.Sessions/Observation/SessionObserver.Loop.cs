using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Observation;

/// <content>The loop.</content>
internal sealed partial class SessionObserver
{
    private static readonly TimeSpan ListWhileStarting = TimeSpan.FromSeconds(5);

    /// <summary>Reads that are due within this time of each other are made together: 500 milliseconds.</summary>
    private static readonly TimeSpan BatchWindow = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Reads due within 15 seconds are replaced by one list: half of the longest pause, so that any two sessions share one.
    /// </summary>
    private static readonly TimeSpan ListWindow = TimeSpan.FromSeconds(15);

    /// <summary>The longest duration of one request, so that a lost one does not delay the others further: 15 seconds.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(15);

    /// <summary>The time for which sessions are read one by one after a list was unusable: 5 minutes.</summary>
    private static readonly TimeSpan WithoutLists = TimeSpan.FromMinutes(5);

    /// <summary>The number of sessions that are read one by one in a turn of the loop after a list was unusable.</summary>
    private const int LooksInPlaceOfAList = 50;

    private PollInterval _listInterval = NewListInterval();
    private long _nextList;
    private long _notBefore = long.MinValue;
    private long _noListBefore = long.MinValue;
    private int _pages = 1;

    private static PollInterval NewListInterval() => new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    private async Task RunAsync(Task before, CancellationToken stop)
    {
        await before.ConfigureAwait(false);
        int faults = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                (TimeSpan wait, List<WatchedSession> due, bool isListBetter) = Plan();
                if (wait > TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan)
                {
                    await _wake.WaitAsync(wait, stop).ConfigureAwait(false);
                }
                else if (isListBetter)
                {
                    await ListAsync(due, stop).ConfigureAwait(false);
                }
                else
                {
                    await LookAtEachAsync(due, stop).ConfigureAwait(false);
                }

                faults = 0;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                // A handler or a logger of the application may throw: the other watches continue.
                LogLoopFailed(_logger, exception);
                await PauseAsync(++faults, stop).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The loop was stopped during a request, whose failure no longer matters.
            }
        }
    }

    private async Task PauseAsync(int faults, CancellationToken stop)
    {
        try
        {
            await _time.DelayAsync(TimeSpan.FromSeconds((double)Math.Min(faults, 10)), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>
    /// Makes one request, without retries: the loop has its own schedule. A request that takes too long is given up as a transient failure.
    /// </summary>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stop)
    {
        using CancellationTokenSource limit = _time.CreateTimeout(LongestRequest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            return await Abandonable.WaitAsync(ask(either.Token), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!stop.IsCancellationRequested)
        {
            throw new RequestFailedException(
                0, $"The service did not answer within {LongestRequest}.", RemoteRenderingErrorCode.NoAnswer, exception);
        }
    }

    private (TimeSpan Wait, List<WatchedSession> Due, bool IsListBetter) Plan()
    {
        bool watchesAccount = Account.IsWatched;
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            long next = watchesAccount ? _nextList : long.MaxValue;
            long together = _time.TimestampIn(BatchWindow);
            long nearEnough = _time.TimestampIn(ListWindow);
            List<WatchedSession> due = [];
            int near = 0;
            foreach (WatchedSession session in _sessions.Values)
            {
                if (session.IsWorthALook)
                {
                    next = Math.Min(next, session.NextLook);
                    near += session.NextLook <= nearEnough ? 1 : 0;
                    if (session.NextLook <= together)
                    {
                        due.Add(session);
                    }
                }
            }

            next = next == long.MaxValue ? next : Math.Max(next, _notBefore);
            TimeSpan wait = next == long.MaxValue ? Timeout.InfiniteTimeSpan : _time.GetElapsedTime(now, next);
            return (wait, due, (watchesAccount && _nextList <= now) || (near > _pages && _noListBefore <= now));
        }
    }

    private async Task LookAtEachAsync(IEnumerable<WatchedSession> due, CancellationToken stop)
    {
        foreach (WatchedSession watched in due)
        {
            await LookAtAsync(watched, stop).ConfigureAwait(false);
            if (IsHeldBack())
            {
                return;
            }
        }
    }

    private async Task LookAtAsync(WatchedSession watched, CancellationToken stop)
    {
        try
        {
            Response<RenderingSessionProperties> answer = await AskAsync(watched.Session.LookAsync, stop).ConfigureAwait(false);
            TimeSpan? retryAfter = RetryAfterHeader.Read(answer.GetRawResponse(), _time);
            lock (_gate)
            {
                watched.Seen(_time, Boots, retryAfter);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            ReportFailure(watched, exception);
        }
    }

    private async Task ListAsync(List<WatchedSession> due, CancellationToken stop)
    {
        int round = Account.BeginRound();
        HashSet<WatchedSession> waiting = [.. due];
        bool isNews = false;
        TimeSpan? retryAfter = null;
        try
        {
            (isNews, retryAfter) = await ReadPagesAsync(waiting, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            await GoOnWithoutListAsync(due, exception, stop).ConfigureAwait(false);
            return;
        }

        // A session that is no longer in the list has ended, or the page was stale: a read of the session shows which.
        await LookAtEachAsync(waiting, stop).ConfigureAwait(false);
        isNews |= await LookForMissingAsync(round, stop).ConfigureAwait(false);
        PlanNextList(isNews, retryAfter);
    }

    /// <summary>Reads all pages, and applies them.</summary>
    /// <param name="waiting">The sessions that are due; those in the list are removed.</param>
    /// <param name="stop">Cancels the list, also during a request that ignores its token.</param>
    private async Task<(bool IsNews, TimeSpan? RetryAfter)> ReadPagesAsync(HashSet<WatchedSession> waiting, CancellationToken stop)
    {
        ILookup<string, WatchedSession> watched = All();
        bool isNews = false;
        TimeSpan? retryAfter = null;
        int pages = 0;
        Task<bool>? moving = null;
        using var listing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        IAsyncEnumerator<Page<RenderingSessionProperties>> enumerator = _list(listing.Token).AsPages().GetAsyncEnumerator(listing.Token);
        try
        {
            Moment sent = Moment.Now(_time);
            while (await AskAsync(_ => moving = enumerator.MoveNextAsync().AsTask(), stop).ConfigureAwait(false))
            {
                pages++;
                Moment received = Moment.Now(_time);
                retryAfter = RetryAfterHeader.Read(enumerator.Current.GetRawResponse(), _time) ?? retryAfter;
                foreach (RenderingSessionProperties heard in enumerator.Current.Values)
                {
                    isNews |= Account.Observe(heard, sent.Timestamp);
                    foreach (WatchedSession session in watched[heard.Id])
                    {
                        Apply(session, heard, sent, received);
                        waiting.Remove(session);
                    }
                }

                sent = Moment.Now(_time);
            }
        }
        finally
        {
            await EndAsync(enumerator, moving, listing).ConfigureAwait(false);
        }

        _pages = Math.Max(1, pages);
        return (isNews, retryAfter);
    }

    /// <summary>Disposes an enumerator after its pending move has completed, because it must not be disposed during a move.</summary>
    private static async Task EndAsync(
        IAsyncEnumerator<Page<RenderingSessionProperties>> enumerator, Task<bool>? moving, CancellationTokenSource listing)
    {
        if (moving is null or { IsCompleted: true })
        {
            await enumerator.DisposeAsync().ConfigureAwait(false);
            return;
        }

        _ = BackgroundWork.Start(() => EndWhenItRestsAsync(enumerator, moving));
        listing.Cancel();
    }

    private static async Task EndWhenItRestsAsync(IAsyncEnumerator<Page<RenderingSessionProperties>> enumerator, Task<bool> moving)
    {
        try
        {
            await moving.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The list was given up.
        }

        try
        {
            await enumerator.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It holds no resources.
        }
    }

    /// <summary>
    /// Returns all watched sessions by id: a list updates all of them, also those that are not due. A session may have several handles, of
    /// which all but one have been disposed.
    /// </summary>
    private ILookup<string, WatchedSession> All()
    {
        lock (_gate)
        {
            return _sessions.Values.ToLookup(static session => session.Session.SessionId, StringComparer.Ordinal);
        }
    }

    private void Apply(WatchedSession watched, RenderingSessionProperties heard, Moment sent, Moment received)
    {
        watched.Session.Apply(heard, sent, received);
        lock (_gate)
        {
            watched.Seen(_time, Boots, retryAfter: null);
        }
    }

    private async Task<bool> LookForMissingAsync(int round, CancellationToken stop)
    {
        bool isNews = false;
        foreach (string sessionId in Account.MissingSince(round))
        {
            try
            {
                Moment sent = Moment.Now(_time);
                Response<RenderingSessionProperties> answer = await AskAsync(token => _read(sessionId, token), stop).ConfigureAwait(false);
                isNews |= Account.Observe(answer.Value, sent.Timestamp);
            }
            catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
            {
                Account.Forget(sessionId);
                isNews = true;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                // The next list contains it again.
                LogLookFailed(_logger, sessionId, exception);
                HoldBack(exception);
                return isNews;
            }
        }

        return isNews;
    }

    private void PlanNextList(bool isNews, TimeSpan? retryAfter)
    {
        if (isNews)
        {
            _listInterval = NewListInterval();
        }

        TimeSpan wait = Account.AnyStarting() ? ListWhileStarting : _listInterval.Next();
        lock (_gate)
        {
            _nextList = _time.TimestampIn(retryAfter > wait ? retryAfter.Value : wait);
        }
    }

    private async Task GoOnWithoutListAsync(List<WatchedSession> due, Exception exception, CancellationToken stop)
    {
        LogListFailed(_logger, exception);
        if (!IsPassing(exception))
        {
            Account.Fail(exception);
        }

        HoldBack(exception);
        PlanNextList(isNews: false, retryAfter: null);
        if (exception is RequestFailedException { Status: > 0 and not 429 and < 500 })
        {
            // The service responds, and only its list is unusable: this is no evidence about any session.
            lock (_gate)
            {
                _noListBefore = _time.TimestampIn(WithoutLists);
            }

            await LookAtEachAsync(due.Take(LooksInPlaceOfAList), stop).ConfigureAwait(false);
        }
        else
        {
            due.ForEach(watched => ReportFailure(watched, exception));
        }
    }

    private void ReportFailure(WatchedSession watched, Exception exception)
    {
        bool isFinal = !IsPassing(exception);
        lock (_gate)
        {
            watched.Missed(_time, isFinal);
        }

        LogLookFailed(_logger, watched.Session.SessionId, exception);
        HoldBack(exception);
        watched.Session.ReportFailure(exception, isFinal);
    }

    /// <summary>Obeys a Retry-After of the service for all reads.</summary>
    private void HoldBack(Exception exception)
    {
        TimeSpan? pause = RetryAfterHeader.Read(exception, _time)
            ?? (exception is RequestFailedException { Status: 429 } ? TimeSpan.FromSeconds(10) : null);
        if (pause is { } time)
        {
            lock (_gate)
            {
                _notBefore = Math.Max(_notBefore, _time.TimestampIn(time));
            }
        }
    }

    private bool IsHeldBack()
    {
        lock (_gate)
        {
            return _notBefore > _time.GetTimestamp();
        }
    }

    /// <summary>Returns whether a failure is transient: no answer, a broken one, throttling, or a fault of the service.</summary>
    private static bool IsPassing(Exception exception)
        => exception is RequestFailedException { Status: 0 or (>= 200 and < 300) or 408 or 429 or >= 500 } or OperationCanceledException
            || (exception is RequestFailedException { Status: 404 } and not TokenExchangeException
                && !ServiceFailure.SaysSessionUnknown(exception));
}
