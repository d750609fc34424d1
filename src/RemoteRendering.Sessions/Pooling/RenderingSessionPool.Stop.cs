using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <content>The end of what nobody takes. What the pool set aside for a session comes back only when the session is known to have ended: one that could not be stopped costs.</content>
public partial class RenderingSessionPool
{
    /// <summary>Stops a session, now or later, and gives back what it did not use of its lease, as far as that is known.</summary>
    private async Task StopAndSettleAsync(PooledSession pooled)
    {
        RenderingSession session = pooled.Session;
        TimeSpan used = pooled.Used(_time);
        long start = _time.GetTimestamp();
        bool hasEnded = pooled.HasEnded || await TryStopAsync(session.SessionUuid).ConfigureAwait(false);
        await LetGoAsync(session).ConfigureAwait(false);
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

    /// <summary>Disposes a handle. What fails there is no reason to leave anything else undone.</summary>
    private async Task LetGoAsync(RenderingSession session)
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

    /// <summary>Stops a session whose start failed, or that perhaps never was. What it costs, now or later, comes beside what is set aside for the start, which goes on or settles that itself.</summary>
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

    /// <summary>Tries again, ever more seldom, until the session has ended; once more, and at once, when the pool ends.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="start">Since when the session may have used its lease.</param>
    /// <param name="used">How much of it was used by then.</param>
    private async Task RepeatStopAsync(string sessionId, long start, TimeSpan used)
    {
        TimeSpan pause = FirstPause;
        bool isLast;
        do
        {
            await PauseAsync(pause).ConfigureAwait(false);
            pause = pause + pause < LongestPause ? pause + pause : LongestPause;

            // By then its lease has ended, however late it began. Their sum may be more than a time can be.
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

    /// <returns>Whether the session has ended, or never was.</returns>
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
            // Whatever it is, the session may still run.
            LogStopFailed(_logger, sessionId, exception);
            return false;
        }
    }

    [LoggerMessage(EventId = 506, EventName = "PoolSessionTaken", Level = LogLevel.Information, Message = "Session {SessionId} was taken out of the pool.")]
    private static partial void LogTaken(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 502, EventName = "PoolNotStopped", Level = LogLevel.Error, Message = "Session {SessionId} of the pool could not be stopped; it runs, and costs, until its lease ends.")]
    private static partial void LogNotStopped(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 503, EventName = "PoolStopFailed", Level = LogLevel.Warning, Message = "A try to stop session {SessionId} of the pool failed.")]
    private static partial void LogStopFailed(ILogger logger, string sessionId, Exception exception);
}
