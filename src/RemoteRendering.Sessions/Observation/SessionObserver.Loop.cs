using Azure;
using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

/// <content>The loop.</content>
internal sealed partial class SessionObserver
{
    private static readonly TimeSpan ListWhileStarting = TimeSpan.FromSeconds(5);

    /// <summary>Looks that are due this close to each other are made together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks that are due this close to each other are better made by one list. Half of the longest pause, so that any two that are seldom looked at meet, however far apart they began.</summary>
    private static readonly TimeSpan NearEnough = TimeSpan.FromSeconds(15);

    private PollInterval _listInterval = NewListInterval();
    private long _nextList;
    private long _notBefore = long.MinValue;
    private int _pages = 1;

    private static PollInterval NewListInterval() => new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    private async Task RunAsync(Task before, CancellationToken stop)
    {
        await before.ConfigureAwait(false);
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
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
    }

    private (TimeSpan Wait, List<WatchedSession> Due, bool IsListBetter) Plan()
    {
        bool watchesAccount = Account.IsWatched;
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            long next = watchesAccount ? _nextList : long.MaxValue;
            long together = now + ToTicks(Together);
            long nearEnough = now + ToTicks(NearEnough);
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
            return (wait, due, (watchesAccount && _nextList <= now) || near > _pages);
        }
    }

    private async Task LookAtEachAsync(List<WatchedSession> due, CancellationToken stop)
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
            Response<RenderingSessionProperties> answer = await Abandonable.WaitAsync(watched.Session.LookAsync(stop), stop).ConfigureAwait(false);
            TimeSpan? retryAfter = RetryAfterHeader.Read(answer.GetRawResponse(), _time);
            lock (_gate)
            {
                watched.Seen(_time, Boots, retryAfter);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Miss(watched, exception);
        }
    }

    private async Task ListAsync(List<WatchedSession> due, CancellationToken stop)
    {
        int round = Account.BeginRound();
        var waiting = new Dictionary<string, WatchedSession>(StringComparer.Ordinal);
        due.ForEach(session => waiting[session.Session.SessionId] = session);
        Dictionary<string, WatchedSession> watched = All();
        bool isNews = false;
        TimeSpan? retryAfter = null;
        try
        {
            int pages = 0;
            Moment sent = Moment.Now(_time);
            IAsyncEnumerator<Page<RenderingSessionProperties>> enumerator = _list(stop).AsPages().GetAsyncEnumerator(stop);
            try
            {
                while (await Abandonable.WaitAsync(enumerator.MoveNextAsync().AsTask(), stop).ConfigureAwait(false))
                {
                    pages++;
                    Moment received = Moment.Now(_time);
                    retryAfter = RetryAfterHeader.Read(enumerator.Current.GetRawResponse(), _time) ?? retryAfter;
                    foreach (RenderingSessionProperties heard in enumerator.Current.Values)
                    {
                        isNews |= Account.Hear(heard, sent.Timestamp);
                        TakeIn(watched, heard, sent, received);
                        waiting.Remove(heard.Id);
                    }

                    sent = Moment.Now(_time);
                }
            }
            finally
            {
                await enumerator.DisposeAsync().ConfigureAwait(false);
            }

            _pages = Math.Max(1, pages);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            NoteListFailed(due, exception);
            return;
        }

        // What has left the list has ended, or the page was stale: only the session itself can say.
        await LookAtEachAsync([.. waiting.Values], stop).ConfigureAwait(false);
        isNews |= await LookForMissingAsync(round, stop).ConfigureAwait(false);
        PlanNextList(isNews, retryAfter);
    }

    /// <summary>A list brings news of all that are watched, also of those whose turn had not come.</summary>
    private Dictionary<string, WatchedSession> All()
    {
        lock (_gate)
        {
            var all = new Dictionary<string, WatchedSession>(StringComparer.Ordinal);
            foreach (WatchedSession session in _sessions.Values)
            {
                all[session.Session.SessionId] = session;
            }

            return all;
        }
    }

    private void TakeIn(Dictionary<string, WatchedSession> all, RenderingSessionProperties heard, Moment sent, Moment received)
    {
        if (all.TryGetValue(heard.Id, out WatchedSession? watched))
        {
            watched.Session.TakeIn(heard, sent, received);
            lock (_gate)
            {
                watched.Seen(_time, Boots, retryAfter: null);
            }
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
                Response<RenderingSessionProperties> answer = await Abandonable.WaitAsync(_read(sessionId, stop), stop).ConfigureAwait(false);
                isNews |= Account.Hear(answer.Value, sent.Timestamp);
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                Account.Forget(sessionId);
                isNews = true;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                // The next list asks again.
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
            _nextList = _time.GetTimestamp() + ToTicks(retryAfter > wait ? retryAfter.Value : wait);
        }
    }

    private void NoteListFailed(List<WatchedSession> due, Exception exception)
    {
        if (!IsPassing(exception))
        {
            Account.Fail(exception);
        }

        due.ForEach(watched => Miss(watched, exception));
        PlanNextList(isNews: false, retryAfter: null);
        LogListFailed(_logger, exception);
        HoldBack(exception);
    }

    private void Miss(WatchedSession watched, Exception exception)
    {
        bool isFinal = !IsPassing(exception);
        lock (_gate)
        {
            watched.Missed(_time, isFinal);
        }

        LogLookFailed(_logger, watched.Session.SessionId, exception);
        HoldBack(exception);
        watched.Session.Miss(exception, isFinal);
    }

    /// <summary>A service that asks to be left alone is left alone, by all looks.</summary>
    private void HoldBack(Exception exception)
    {
        if (exception is not RequestFailedException failure)
        {
            return;
        }

        TimeSpan? pause = RetryAfterHeader.Read(failure.GetRawResponse(), _time) ?? (failure.Status == 429 ? TimeSpan.FromSeconds(10) : null);
        if (pause is { } time)
        {
            lock (_gate)
            {
                _notBefore = Math.Max(_notBefore, _time.GetTimestamp() + ToTicks(time));
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

    /// <summary>Whether the next look may go better: no answer, a broken one, throttling, or a fault of the service.</summary>
    private static bool IsPassing(Exception exception)
        => exception is RequestFailedException { Status: 0 or 200 or 204 or 408 or 429 or >= 500 } or OperationCanceledException;

    private long ToTicks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    [LoggerMessage(EventId = 300, EventName = "LookFailed", Level = LogLevel.Debug, Message = "Session {SessionId} could not be looked at.")]
    private static partial void LogLookFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(EventId = 301, EventName = "ListFailed", Level = LogLevel.Debug, Message = "The sessions could not be listed.")]
    private static partial void LogListFailed(ILogger logger, Exception exception);
}
