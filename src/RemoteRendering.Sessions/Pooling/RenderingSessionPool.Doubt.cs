using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <content>The doubts about sessions that wait, which only the service can settle: after a sleep or a clock step, and when a watch was refused.</content>
public partial class RenderingSessionPool
{
    private int _asking;

    /// <summary>Asks about a session, unless that is being done, has failed just now, or enough others are being asked about; tells how long until it is worth another look.</summary>
    private TimeSpan Ask_NeedsLock(PooledSession pooled)
    {
        if (pooled.IsBeingAsked || _asking >= _options.MaxParallelStarts)
        {
            // The answer wakes the loop.
            return Heartbeat;
        }

        TimeSpan heldBack = Until(pooled.NotBefore);
        if (heldBack > TimeSpan.Zero)
        {
            return heldBack;
        }

        pooled.IsBeingAsked = true;
        _asking++;
        Run_NeedsLock(() => AskAsync(pooled));
        return Heartbeat;
    }

    private async Task AskAsync(PooledSession pooled)
    {
        Exception? failure = null;
        try
        {
            // This alone settles the doubt: what the handle knows is new again.
            await Abandonable.WaitAsync(pooled.Session.GetPropertiesAsync(pooled.Left), pooled.Left).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_gate)
        {
            _asking--;
            pooled.IsBeingAsked = false;
            if (failure is not null || pooled.Session.Lease.IsInDoubt)
            {
                NoteDoubt_NeedsLock(pooled, failure);
            }
            else if (pooled.IsUnwatched)
            {
                // The failures are not forgotten: a watch that is refused each time is begun ever more seldom.
                pooled.IsUnwatched = false;
                Run_NeedsLock(() => WatchAsync(pooled));
            }
            else
            {
                pooled.Failures = 0;
            }
        }

        _wake.Set();
        LogUnlessItLeft(pooled, failure);
    }

    private void NoteDoubt_NeedsLock(PooledSession pooled, Exception? failure)
    {
        if (failure is not null && ServiceFailure.IsSessionUnknown(failure))
        {
            pooled.IsGone = true;
        }
        else
        {
            pooled.NotBefore = _time.TimestampIn(PauseAfter(++pooled.Failures, failure));
        }
    }

    /// <summary>Watches a waiting session, so that one that fails is replaced before anybody takes it.</summary>
    private async Task WatchAsync(PooledSession pooled)
    {
        Exception? failure = null;
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
        catch (Exception exception)
        {
            failure = exception;
            lock (_gate)
            {
                pooled.IsUnwatched = true;
                NoteDoubt_NeedsLock(pooled, exception);
            }
        }

        _wake.Set();
        LogUnlessItLeft(pooled, failure);
    }

    private void LogUnlessItLeft(PooledSession pooled, Exception? failure)
    {
        if (failure is not null && !pooled.Left.IsCancellationRequested)
        {
            LogInDoubt(_logger, pooled.Session.SessionUuid, failure);
        }
    }

    [LoggerMessage(EventId = 504, EventName = "PoolSessionInDoubt", Level = LogLevel.Warning, Message = "The service did not confirm that session {SessionId} of the pool is ready; it is not handed out before that.")]
    private static partial void LogInDoubt(ILogger logger, string sessionId, Exception failure);
}
