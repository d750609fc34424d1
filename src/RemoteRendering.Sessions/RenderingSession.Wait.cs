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
    /// <param name="progress">Told what the service says at every look.</param>
    /// <param name="cancellationToken">Cancels the wait; the session goes on starting, and costs once it is ready.</param>
    /// <returns>The session, ready.</returns>
    /// <exception cref="RenderingSessionEndedException">The session ended instead: it failed, was stopped, or expired.</exception>
    /// <exception cref="TimeoutException">The session was not ready in time.</exception>
    /// <exception cref="RequestFailedException">The service refused (401, 403, 404), or could not be asked six times in a row.</exception>
#pragma warning disable RS0027 // The longer overload is for the few who set options; it needs no defaults of its own.
    public virtual Task<RenderingSessionProperties> WaitUntilReadyAsync(IProgress<RenderingSessionProperties>? progress = null, CancellationToken cancellationToken = default)
        => WaitUntilReadyAsync(new RenderingSessionWaitOptions(), progress, cancellationToken);
#pragma warning restore RS0027

    /// <summary>Waits until the session is ready.</summary>
    /// <param name="options">How to wait.</param>
    /// <param name="progress">Told what the service says at every look.</param>
    /// <param name="cancellationToken">Cancels the wait; the session goes on starting, and costs once it is ready.</param>
    /// <returns>The session, ready.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RenderingSessionEndedException">The session ended instead: it failed, was stopped, or expired.</exception>
    /// <exception cref="TimeoutException">The session was not ready in time.</exception>
    /// <exception cref="RequestFailedException">The service refused (401, 403, 404), or could not be asked six times in a row.</exception>
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
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested)
        {
            if (options.StopWhenAbandoned)
            {
                StopAbandoned();
            }

            throw new TimeoutException($"Session '{SessionUuid}' was not ready after {options.Timeout}; its status is {Status}. {(options.StopWhenAbandoned ? "It is being stopped." : "It goes on: wait again, or stop it.")}");
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

    private async Task<RenderingSessionProperties> WaitForReadyAsync(IProgress<RenderingSessionProperties>? progress, CancellationToken cancellationToken)
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

                // What was known before may be long over.
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

    /// <summary>A session that the service does not know is told by the service's own answer.</summary>
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

    /// <summary>Stops the session behind a wait that nobody waits for any more. Whoever cancelled is not kept waiting; disposing the handle is.</summary>
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
