namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Calls code of an application that may block, throw or ignore its token: on the thread pool, and with a token of its own, whose callbacks
/// are code of the application too. A call that is given up continues until it returns; nothing of the library waits for it.
/// </summary>
internal static class ForeignCall
{
    /// <summary>Makes a call, and waits for it until the wait is cancelled.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="call">The call. Its spans are those of the caller.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <param name="onGivenUp">Receives a call that was given up, and a task that completes when its token has been cancelled.</param>
    /// <exception cref="OperationCanceledException">The call was given up.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Action<Task<T>, Task>? onGivenUp = null)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Not disposed: the call may use its token for as long as it runs.
        var cancellation = new CancellationTokenSource();
        Task<T> running = BackgroundWork.StartForCaller(() => call(cancellation.Token));
        try
        {
            return await Abandonable.WaitAsync(running, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Task cancelling = Abandonable.Observe(BackgroundWork.Cancel(cancellation));
            onGivenUp?.Invoke(running, cancelling);
            throw;
        }
    }
}
