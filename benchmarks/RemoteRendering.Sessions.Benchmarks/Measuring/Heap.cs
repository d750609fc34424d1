namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>What is alive.</summary>
internal static class Heap
{
    /// <summary>The bytes that are reachable, after everything else has gone.</summary>
    public static long Retained()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
