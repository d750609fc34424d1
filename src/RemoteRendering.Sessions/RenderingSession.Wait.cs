using Azure;

namespace RemoteRendering.Sessions;

public partial class RenderingSession
{
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
        using CancellationTokenSource? deadline = options.Timeout is { } timeout ? time.CreateCancellationTokenSource(timeout) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline?.Token ?? default);
        try
        {
            return await new SessionPoller(LookAsync, time).WaitUntilReadyAsync(progress, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Session '{SessionUuid}' was not ready after {options.Timeout}; its status is {Status}. It goes on: wait again, or stop it.");
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    private async Task<Response<RenderingSessionProperties>> LookAsync(CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(Client.TimeProvider);
        Response<RenderingSessionProperties> answer = await Client.GetSessionPropertiesAsync(SessionUuid, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Observe(answer.Value, sent, Moment.Now(Client.TimeProvider)), answer.GetRawResponse());
    }
}
