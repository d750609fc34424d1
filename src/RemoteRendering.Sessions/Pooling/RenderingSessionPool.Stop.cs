using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <content>
/// Stops of unused sessions. The reserved lease of a session is returned only when the session is known to have ended: a session that could
/// not be stopped is billed.
/// </content>
public partial class RenderingSessionPool
{
    /// <summary>Stops a session, with retries, and returns its unused lease to the budget as far as it is known.</summary>
    private async Task StopAndSettleAsync(PooledSession pooled)
    {
        RenderingSession session = pooled.Session;
        TimeSpan used = pooled.Used(_time);
        long start = _time.GetTimestamp();
        bool hasEnded = pooled.HasEnded || await TryStopAsync(session.SessionUuid).ConfigureAwait(false);
        await DisposeHandleAsync(session).ConfigureAwait(false);
        lock (_gate)
        {
            if (hasEnded)
            {
                _budget.Settle(used);
            }
            else
            {
                Run_NeedsLock(() => RepeatStopAsync(session.SessionUuid, start, used));
            }
        }
    }

    /// <summary>Disposes a handle. A failure is logged and does not affect other work.</summary>
    private async Task DisposeHandleAsync(RenderingSession session)
    {
        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogWorkFailed(_logger, exception);
        }
    }

    /// <summary>
    /// Stops a session whose start failed, or that may not exist. Its cost is counted separately from the lease reserved for the start,
    /// which continues or settles that itself.
    /// </summary>
    private async Task StopFailedStartAsync(string sessionId, long start, bool mayHaveBeenReady)
    {
        bool hasEnded = await TryStopAsync(sessionId).ConfigureAwait(false);
        if (hasEnded && !mayHaveBeenReady)
        {
            return;
        }

        lock (_gate)
        {
            _budget.Reserve();
            if (hasEnded)
            {
                _budget.Settle(_time.GetElapsedTime(start));
            }
            else
            {
                Run_NeedsLock(() => RepeatStopAsync(sessionId, start, TimeSpan.Zero));
            }
        }
    }

    /// <summary>
    /// Repeats the stop at growing intervals until the session has ended, and one last time, immediately, when the pool ends.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="start">The timestamp from which the session may have used its lease.</param>
    /// <param name="used">The lease that was used before it.</param>
    private async Task RepeatStopAsync(string sessionId, long start, TimeSpan used)
    {
        TimeSpan pause = FirstPause;
        bool isLast;
        do
        {
            await PauseAsync(pause).ConfigureAwait(false);
            pause = pause + pause < LongestPause ? pause + pause : LongestPause;

            // By then its lease has ended, even if it began late. The sum of both could overflow.
            isLast = _stop.IsCancellationRequested || _time.GetElapsedTime(start) - _options.MaxLeaseTime > _options.StartTimeout;
            if (await TryStopAsync(sessionId).ConfigureAwait(false))
            {
                lock (_gate)
                {
                    _budget.Settle(used + _time.GetElapsedTime(start));
                }

                _wake.Set();
                return;
            }
        }
        while (!isLast);

        LogNotStopped(_logger, sessionId);
    }

    /// <returns>Whether the session has ended or does not exist.</returns>
    private async Task<bool> TryStopAsync(string sessionId)
    {
        try
        {
            await _client.StopSessionAsync(sessionId, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            return true;
        }
        catch (Exception exception)
        {
            // After any failure the session may still run.
            LogStopFailed(_logger, sessionId, exception);
            return false;
        }
    }

    [LoggerMessage(
        EventId = 506, EventName = "PoolSessionTaken", Level = LogLevel.Information,
        Message = "A caller took session {SessionId} from the pool.")]
    private static partial void LogTaken(ILogger logger, string sessionId);

    [LoggerMessage(
        EventId = 502, EventName = "PoolNotStopped", Level = LogLevel.Error,
        Message = "The pool could not stop session {SessionId}; it runs, and is billed, until its lease ends.")]
    private static partial void LogNotStopped(ILogger logger, string sessionId);

    [LoggerMessage(
        EventId = 503, EventName = "PoolStopFailed", Level = LogLevel.Warning,
        Message = "The pool failed to stop session {SessionId}; it tries again.")]
    private static partial void LogStopFailed(ILogger logger, string sessionId, Exception exception);
}
