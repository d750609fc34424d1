namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// What a test may say about memory: what its subject keeps alive, and what code that runs on the thread of the test allocates.
/// </summary>
public static class Heap
{
#pragma warning disable RS0030 // This is the one place that asks the collector.
    /// <summary>
    /// Measures what an object keeps alive: the heap with it less the heap without it, while nothing else runs; the least of three rounds.
    /// </summary>
    /// <remarks>
    /// Something else can be freed between the two looks at the heap, above all the buffers that pools of the runtime give back after a
    /// while. It is freed once: it makes one round too large, and never one too small.
    /// </remarks>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="create">Creates the object, once for each round.</param>
    /// <param name="use">Uses the object once it has been measured.</param>
    /// <returns>The number of bytes that are free once the object is gone.</returns>
    public static async Task<long> KeptAliveAsync<T>(Func<T> create, Action<T> use)
        where T : class
    {
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            await Quiescence.WaitAsync();
            least = Math.Min(least, Measure(create, use));
        }

        return least;
    }

    /// <summary>Counts what code allocates that does its work on the calling thread alone.</summary>
    /// <param name="action">The code. A task that it returns must have completed.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="InvalidOperationException">The task has not completed: other threads may have done its work.</exception>
    public static long AllocatedBy(Func<Task> action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task task = action();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return task.IsCompletedSuccessfully
            ? allocated
            : throw new InvalidOperationException(
                $"The task is {task.Status}, not completed: its work is not this thread's alone.", task.Exception);
    }

    /// <summary>Counts what code allocates on the calling thread.</summary>
    /// <param name="action">The code.</param>
    /// <returns>The number of bytes.</returns>
    public static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Collects everything that is not reachable, and runs the finalizers.</summary>
    public static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static long Measure<T>(Func<T> create, Action<T> use)
        where T : class
    {
        long with = MeasureWith(create, use);
        Collect();
        return with - GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>A frame of its own, so that nothing on the stack holds the object afterwards.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static long MeasureWith<T>(Func<T> create, Action<T> use)
        where T : class
    {
        T subject = create();
        Collect();
        long size = GC.GetTotalMemory(forceFullCollection: true);
        use(subject);
        return size;
    }
#pragma warning restore RS0030
}
