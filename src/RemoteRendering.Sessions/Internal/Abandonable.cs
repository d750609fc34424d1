namespace RemoteRendering.Sessions;

/// <summary>Waits that end when they are cancelled, even if what they wait for does not heed its token.</summary>
internal static class Abandonable
{
    public static async Task WaitAsync(Task work, CancellationToken cancellationToken)
    {
        if (!work.IsCompleted && cancellationToken.CanBeCanceled)
        {
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration = cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled);
            if (await Task.WhenAny(work, cancelled.Task).ConfigureAwait(false) != work)
            {
                // Nobody will ask what became of it; its failure is not to surface elsewhere.
                _ = work.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw new OperationCanceledException(cancellationToken);
            }
        }

        await work.ConfigureAwait(false);
    }

    public static async Task<T> WaitAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        await WaitAsync((Task)work, cancellationToken).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }
}
