using System.Collections.Concurrent;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// Fails the run of an assembly in which a task failed without anything that looked at it. It shows only once the task is collected, so it
/// is looked for at the end.
/// </summary>
public sealed class UnobservedExceptionWatch : IAsyncDisposable
{
    private static readonly ConcurrentQueue<string> Seen = new();

    public UnobservedExceptionWatch() => TaskScheduler.UnobservedTaskException += Note;

    public async ValueTask DisposeAsync()
    {
        await Quiescence.WaitAsync();
        Heap.Collect();
        TaskScheduler.UnobservedTaskException -= Note;
        if (Take() is { Count: > 0 } unobserved)
        {
            throw new TestRuleException(string.Join("\n", unobserved) + "\nWith RRS_COLLECT=1 the test is named.");
        }
    }

    /// <summary>Takes what has been seen so far.</summary>
    /// <returns>A description of each exception.</returns>
    public static IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (Seen.TryDequeue(out string? unobserved))
        {
            taken.Add(unobserved);
        }

        return taken;
    }

    private static void Note(object? sender, UnobservedTaskExceptionEventArgs unobserved)
        => Seen.Enqueue($"A task failed and nothing looked at it: {unobserved.Exception}");
}
