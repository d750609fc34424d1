using System.Runtime.CompilerServices;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// The moment at which all work that was started waits: the thread pool of the process runs and holds nothing but the caller. It is a fact,
/// not a guess by turns or by time, so it does not depend on the load of the machine. It needs a process in which one test runs at a time,
/// which <c>tests/AssemblyRules.cs</c> sees to, and says nothing about what is on its way through a socket.
/// </summary>
public static class Quiescence
{
    /// <summary>Waits until all work that was started waits for time to pass, for the caller or for a socket.</summary>
    /// <param name="blocked">How many threads of the pool the test itself keeps blocked meanwhile.</param>
    /// <param name="caller">The name of the calling method, for the message.</param>
    /// <returns>A task that completes at that moment.</returns>
    /// <exception cref="TimeoutException">Work goes on for longer than <see cref="Wait.Patience"/>.</exception>
    public static async Task WaitAsync(int blocked = 0, [CallerMemberName] string caller = "")
    {
        // From here on the caller is one of the threads of the pool, and is counted as such.
        await Task.Run(static () => { }).ConfigureAwait(false);
        Wait(1 + blocked, caller);
    }

    /// <summary>Waits until all work that was started waits, on the thread of the caller.</summary>
    /// <param name="caller">The name of the calling method, for the message.</param>
    /// <exception cref="TimeoutException">Work goes on for longer than <see cref="Wait.Patience"/>.</exception>
    public static void WaitHere([CallerMemberName] string caller = "") => Wait(Thread.CurrentThread.IsThreadPoolThread ? 1 : 0, caller);

    private static void Wait(int busy, string caller)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!IsBusy(busy))
        {
            Thread.Yield();
            if (TimeProvider.System.GetElapsedTime(begun) > RemoteRendering.Sessions.TestSupport.Wait.Patience)
            {
                throw new TimeoutException(
                    $"The thread pool has been at work for {RemoteRendering.Sessions.TestSupport.Wait.Patience} since {caller} began to "
                        + "wait for it.");
            }
        }
    }

#pragma warning disable RS0030 // This is the one place that asks the pool.
    private static bool IsBusy(int threads)
    {
        // A thread counts as busy from the moment it is asked for until it has found nothing more to do, so that work that goes from one
        // thread to the next is never missed.
        long completed = ThreadPool.CompletedWorkItemCount;
        ThreadPool.GetMaxThreads(out int all, out _);
        ThreadPool.GetAvailableThreads(out int free, out _);
        return all - free == threads && ThreadPool.PendingWorkItemCount == 0 && ThreadPool.CompletedWorkItemCount == completed;
    }
#pragma warning restore RS0030
}
