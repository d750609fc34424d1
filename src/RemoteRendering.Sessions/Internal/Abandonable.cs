namespace RemoteRendering.Sessions.Internal;

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
                _ = Observe(work);
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

    /// <summary>Marks the failure of a task as seen, that nothing waits for any more: it is not to surface elsewhere.</summary>
    /// <returns>The task.</returns>
    public static T Observe<T>(T work)
        where T : Task
    {
        _ = work.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }
}
