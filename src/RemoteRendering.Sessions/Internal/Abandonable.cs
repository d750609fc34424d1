namespace RemoteRendering.Sessions.Internal;

/// <summary>Provides waits that end when they are cancelled, even if the awaited work ignores its token.</summary>
internal static class Abandonable
{
    public static async Task WaitAsync(Task work, CancellationToken cancellationToken)
    {
        if (!work.IsCompleted && cancellationToken.CanBeCanceled)
        {
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration =
                cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled);
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

    /// <summary>Observes the failure of a task that is no longer awaited, so that it is not reported as unobserved.</summary>
    /// <returns>The task.</returns>
    public static T Observe<T>(T work)
        where T : Task
    {
        _ = work.ContinueWith(
            static task =>
                task.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }
}
