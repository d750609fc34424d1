using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Starts work that outlives the call that starts it. The work runs on the thread pool and takes neither the ExecutionContext, the
/// SynchronizationContext nor the TaskScheduler of its starter along: it may run for hours after the request that started it has ended.
/// </summary>
internal static class BackgroundWork
{
    private static readonly AsyncLocal<StrongBox<ActivityContext>?> StarterOfFlow = new();

    /// <summary>
    /// Gets the span under which the present work was started, to link to; <see langword="null"/> outside such work and when there was
    /// none.
    /// </summary>
    public static ActivityContext? Starter => StarterOfFlow.Value?.Value;

    /// <summary>Starts <paramref name="work"/> on the thread pool.</summary>
    /// <param name="work">The work. Its synchronous part runs on the thread pool too.</param>
    /// <returns>The task of the work.</returns>
    public static Task Start(Func<Task> work)
        => Start(async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        });

    /// <summary>Starts <paramref name="work"/> on the thread pool.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work. Its synchronous part runs on the thread pool too.</param>
    /// <returns>The task of the work.</returns>
    public static Task<T> Start<T>(Func<Task<T>> work)
    {
        StrongBox<ActivityContext>? starter = FindStarter();
        using (Detach())
        {
#pragma warning disable RS0030 // This is the place for it.
            return Task.Run(() =>
            {
                StarterOfFlow.Value = starter;
                return work();
            });
#pragma warning restore RS0030
        }
    }

    /// <summary>Starts <paramref name="work"/> on the thread pool; nothing waits for it, so no task is kept while it runs.</summary>
    /// <typeparam name="T">The type of <paramref name="state"/>.</typeparam>
    /// <param name="work">The work. It must not fail.</param>
    /// <param name="state">The argument of the work.</param>
    public static void StartAndForget<T>(Func<T, Task> work, T state)
        => ThreadPool.UnsafeQueueUserWorkItem(
            static item =>
            {
                (Func<T, Task> begin, T argument, StrongBox<ActivityContext>? starter) =
                    ((Func<T, Task>, T, StrongBox<ActivityContext>?))item!;
                StarterOfFlow.Value = starter;
                _ = begin(argument);
            },
            (work, state, FindStarter()));

#pragma warning disable RS0030 // This is the place for it.
    /// <summary>
    /// Starts <paramref name="work"/>, which the caller waits for, on the thread pool: with the caller's ExecutionContext, so that its
    /// spans are those of the caller.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <returns>The task of the work.</returns>
    public static Task StartForCaller(Func<Task> work) => Task.Run(work);

    /// <summary>Starts <paramref name="work"/>, see <see cref="StartForCaller(Func{Task})"/>.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>The task of the work.</returns>
    public static Task<T> StartForCaller<T>(Func<Task<T>> work) => Task.Run(work);

    /// <summary>Runs <paramref name="work"/>, see <see cref="StartForCaller(Func{Task})"/>.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Keeps work that has not begun from beginning.</param>
    /// <returns>The task of the work.</returns>
    public static Task<T> StartForCaller<T>(Func<T> work, CancellationToken cancellationToken) => Task.Run(work, cancellationToken);
#pragma warning restore RS0030

    /// <summary>
    /// Cancels a source whose token other code holds. Callbacks run on the thread pool, without the execution context of the caller; on
    /// .NET 8 and later the token is cancelled when this returns.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <returns>A task that completes when all callbacks have returned; it fails with their exceptions.</returns>
    public static Task Cancel(CancellationTokenSource source)
    {
#if NET8_0_OR_GREATER
        using (Detach())
        {
            return source.CancelAsync();
        }
#else
        return Start(() =>
        {
            source.Cancel();
            return Task.CompletedTask;
        });
#endif
    }

    /// <summary>
    /// Creates a timer whose callback runs without the ExecutionContext of the caller, and whose times have no upper limit.
    /// </summary>
    /// <param name="time">The clock of the timer.</param>
    /// <param name="callback">The callback.</param>
    /// <param name="state">The argument of the callback.</param>
    /// <returns>A timer that is not started.</returns>
    public static ITimer CreateTimer(TimeProvider time, TimerCallback callback, object? state)
    {
        if (FindStarter() is { } starter)
        {
            TimerCallback linked = callback;
            callback = argument =>
            {
                StarterOfFlow.Value = starter;
                linked(argument);
            };
        }

        using (Detach())
        {
            return new LongTimer(time, callback, state);
        }
    }

    /// <summary>Creates and starts a timer, see <see cref="CreateTimer(TimeProvider, TimerCallback, object?)"/>.</summary>
    /// <param name="time">The clock of the timer.</param>
    /// <param name="callback">The callback.</param>
    /// <param name="state">The argument of the callback.</param>
    /// <param name="due">The time until the callback runs.</param>
    /// <param name="period">The time until it runs again; <see cref="Timeout.InfiniteTimeSpan"/> for once.</param>
    /// <returns>The timer.</returns>
    public static ITimer CreateTimer(TimeProvider time, TimerCallback callback, object? state, TimeSpan due, TimeSpan period)
    {
        ITimer timer = CreateTimer(time, callback, state);
        timer.Change(due, period);
        return timer;
    }

    private static StrongBox<ActivityContext>? FindStarter()
        => Activity.Current is { } current ? new StrongBox<ActivityContext>(current.Context) : StarterOfFlow.Value;

    /// <summary>Keeps the ExecutionContext from being captured until the result is disposed.</summary>
    public static AsyncFlowControl? Detach() => ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
}
