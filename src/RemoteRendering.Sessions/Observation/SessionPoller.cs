using Azure;

namespace RemoteRendering.Sessions;

/// <summary>Looks at a starting session, politely, until it is ready or has ended.</summary>
/// <param name="look">Asks the service once and takes the answer in.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class SessionPoller(Func<CancellationToken, Task<Response<RenderingSessionProperties>>> look, TimeProvider time)
{
    /// <summary>How many looks in a row may fail before the failure is the caller's to know.</summary>
    private const int MaxFailures = 5;

    private readonly PollInterval _interval = new();

    public async Task<RenderingSessionProperties> WaitUntilReadyAsync(IProgress<RenderingSessionProperties>? progress, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            TimeSpan? retryAfter = null;
            try
            {
                Response<RenderingSessionProperties> answer = await look(cancellationToken).ConfigureAwait(false);
                RenderingSessionProperties properties = answer.Value;
                retryAfter = RetryAfterHeader.Read(answer.GetRawResponse(), time);
                failures = 0;
                progress?.Report(properties);
                if (properties.Status == RenderingSessionStatus.Ready)
                {
                    return properties;
                }

                if (properties.Status.IsTerminal)
                {
                    throw new RenderingSessionEndedException(properties);
                }
            }
            catch (RequestFailedException exception) when (IsPassing(exception) && failures < MaxFailures)
            {
                failures++;
                retryAfter = RetryAfterHeader.Read(exception.GetRawResponse(), time);
            }

            await time.Delay(_interval.Next(retryAfter), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the next look may go better: no answer, a broken one, throttling, or a fault of the service.</summary>
    private static bool IsPassing(RequestFailedException exception)
        => exception.Status is 0 or 200 or 204 or 408 or 429 or >= 500;
}
