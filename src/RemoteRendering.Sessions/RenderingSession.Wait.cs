using System.Runtime.ExceptionServices;
using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
    private Task? _abandonedStop;

    /// <summary>Waits, for up to 30 minutes, until the session is ready.</summary>
    /// <param name="progress">Receives the properties of the session after every read.</param>
    /// <param name="cancellationToken">Cancels the wait. The session continues to start, and is billed once it is ready.</param>
    /// <returns>The properties of the session, which is ready.</returns>
    /// <exception cref="RenderingSessionEndedException">
    /// The session ended before it was ready: it failed, was stopped, or expired.
    /// </exception>
    /// <exception cref="TimeoutException">The session was not ready in time.</exception>
    /// <exception cref="RequestFailedException">The service refused (401, 403, 404), or six reads in a row failed.</exception>
    /// <example>
    /// <code>
    /// RenderingSessionProperties ready = await session.WaitUntilReadyAsync();
    /// Console.WriteLine($"Host {ready.Hostname}, lease {ready.MaxLeaseTime}");
    /// </code>
    /// </example>
#pragma warning disable RS0027 // The longer overload is for callers that set options; it needs no defaults of its own.
    public virtual Task<RenderingSessionProperties> WaitUntilReadyAsync(
        IProgress<RenderingSessionProperties>? progress = null, CancellationToken cancellationToken = default)
        => WaitUntilReadyAsync(new RenderingSessionWaitOptions(), progress, cancellationToken);
#pragma warning restore RS0027

    /// <summary>Waits until the session is ready.</summary>
    /// <param name="options">The options of the wait.</param>
    /// <param name="progress">Receives the properties of the session after every read.</param>
    /// <param name="cancellationToken">Cancels the wait. The session continues to start, and is billed once it is ready.</param>
    /// <returns>The properties of the session, which is ready.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RenderingSessionEndedException">
    /// The session ended before it was ready: it failed, was stopped, or expired.
    /// </exception>
    /// <exception cref="TimeoutException">The session was not ready in time.</exception>
    /// <exception cref="RequestFailedException">The service refused (401, 403, 404), or six reads in a row failed.</exception>
    public virtual async Task<RenderingSessionProperties> WaitUntilReadyAsync(
        RenderingSessionWaitOptions options, IProgress<RenderingSessionProperties>? progress, CancellationToken cancellationToken)
    {
        Guard.NotNull(options, nameof(options));
        TimeProvider time = Client.TimeProvider;
        using CancellationTokenSource? deadline = options.Timeout is { } timeout ? time.CreateTimeout(timeout) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline?.Token ?? default);
        try
        {
            return await WaitForReadyAsync(progress, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true }
            && !cancellationToken.IsCancellationRequested)
        {
            if (options.StopWhenAbandoned)
            {
                StopAbandoned();
            }

            throw new TimeoutException(
                $"Session '{SessionUuid}' was not ready after {options.Timeout}; its status is {Status}. "
                + $"{(options.StopWhenAbandoned ? "It is being stopped." : "It is not stopped: wait again, or stop it.")}");
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            if (options.StopWhenAbandoned)
            {
                StopAbandoned();
            }

            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    private async Task<RenderingSessionProperties> WaitForReadyAsync(
        IProgress<RenderingSessionProperties>? progress, CancellationToken cancellationToken)
    {
        SessionSubscription subscription = Subscribe(untilReadyOnly: true);
        int failures = 0;
        try
        {
            while (true)
            {
                SessionLook look = await subscription.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (look.Failure is { } failure)
                {
                    if (look.IsFinal || ++failures > WatchedSession.MaxFailures)
                    {
                        ExceptionDispatchInfo.Capture(failure).Throw();
                    }

                    continue;
                }

                failures = 0;
                RenderingSessionProperties properties = look.Properties!;
                if (properties.Status.IsTerminal)
                {
                    ThrowIfForgotten(properties);
                    throw new RenderingSessionEndedException(properties);
                }

                // The state that was known before may be outdated.
                if (!look.IsFirst)
                {
                    progress?.Report(properties);
                }

                if (properties.Status == RenderingSessionStatus.Ready && (!look.IsFirst || IsFresh))
                {
                    return properties;
                }
            }
        }
        finally
        {
            await UnsubscribeAsync(subscription, untilReadyOnly: true).ConfigureAwait(false);
        }
    }

    /// <summary>Throws the answer of the service when it does not find the session.</summary>
    private void ThrowIfForgotten(RenderingSessionProperties properties)
    {
        RequestFailedException? failure;
        lock (_gate)
        {
            failure = properties.Status == RenderingSessionStatus.Forgotten ? _forgottenBy : null;
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
        }
    }

    private bool IsFresh
    {
        get
        {
            lock (_gate)
            {
                return Client.TimeProvider.GetElapsedTime(_newestSent) < SessionObserver.Fresh;
            }
        }
    }

    /// <summary>
    /// Stops the session after an abandoned wait. The cancelled call does not wait for the stop; disposing the handle does.
    /// </summary>
    private void StopAbandoned()
    {
        lock (_gate)
        {
            _abandonedStop ??= BackgroundWork.Start(StopQuietlyAsync);
        }
    }

    private async Task StopQuietlyAsync()
    {
        try
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            SessionLog.StopOnDisposeFailed(Client.SessionLogger, SessionUuid, exception);
        }
    }
}
