using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <content>Reads of waiting sessions whose state is in doubt: after a sleep or a clock step, and when a watch was refused.</content>
public partial class RenderingSessionPool
{
    private int _asking;

    /// <summary>
    /// Reads a session, unless a read is in flight, has failed recently, or enough other reads are in flight. Returns the time until the
    /// next check.
    /// </summary>
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
            // The read ends the doubt: the state of the handle is current again.
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
                // The failures keep counting: a watch that is refused each time is started at growing intervals.
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
        => pooled.NotBefore = _time.TimestampIn(PauseAfter(++pooled.Failures, failure));

    /// <summary>Watches a waiting session, so that a session that fails is replaced before it is taken.</summary>
    private async Task WatchAsync(PooledSession pooled)
    {
        Exception? failure = null;
        try
        {
            IAsyncEnumerator<RenderingSessionChange> changes = pooled.Session.WatchAsync(pooled.Left)
                .GetAsyncEnumerator(CancellationToken.None);
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

    [LoggerMessage(
        EventId = 504, EventName = "PoolSessionInDoubt", Level = LogLevel.Warning,
        Message = "The service did not confirm that session {SessionId} of the pool is ready; the pool does not hand it out until then.")]
    private static partial void LogInDoubt(ILogger logger, string sessionId, Exception failure);
}
