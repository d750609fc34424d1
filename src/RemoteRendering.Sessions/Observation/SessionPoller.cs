using Azure;

namespace RemoteRendering.Sessions;

/// <summary>Looks at a starting session, politely, until it is ready or has ended.</summary>
internal sealed class SessionPoller(RenderingSession session, TimeProvider time)
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
                (RenderingSessionProperties properties, retryAfter) = await LookAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task<(RenderingSessionProperties Properties, TimeSpan? RetryAfter)> LookAsync(CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(time);
        Response<RenderingSessionProperties> answer = await session.Client.GetSessionPropertiesAsync(session.SessionUuid, cancellationToken).ConfigureAwait(false);
        return (session.Observe(answer.Value, sent, Moment.Now(time)), RetryAfterHeader.Read(answer.GetRawResponse(), time));
    }
}
