namespace RemoteRendering.Sessions;

/// <summary>
/// Starts work that outlives the call that starts it. The work runs on the thread pool and takes neither the ExecutionContext, the
/// SynchronizationContext nor the TaskScheduler of its starter along: it may run for hours after the request that started it has ended.
/// </summary>
internal static class BackgroundWork
{
    /// <summary>Starts <paramref name="work"/> on the thread pool.</summary>
    /// <param name="work">The work. Its synchronous part runs on the thread pool too.</param>
    /// <returns>The task of the work.</returns>
    public static Task Start(Func<Task> work)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(work);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(work);
        }
    }

    /// <summary>Starts <paramref name="work"/> on the thread pool.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work. Its synchronous part runs on the thread pool too.</param>
    /// <returns>The task of the work.</returns>
    public static Task<T> Start<T>(Func<Task<T>> work)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(work);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(work);
        }
    }

    /// <summary>Creates a timer whose callback runs without the ExecutionContext of the caller.</summary>
    /// <param name="time">The clock of the timer.</param>
    /// <param name="callback">The callback.</param>
    /// <param name="state">The argument of the callback.</param>
    /// <returns>A timer that is not started.</returns>
    public static ITimer CreateTimer(TimeProvider time, TimerCallback callback, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
