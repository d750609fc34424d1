namespace RemoteRendering.Sessions.Internal;

/// <summary>Collects tasks that no caller awaits at the moment, so that they can be awaited at the end. Thread-safe.</summary>
internal sealed class BackgroundTasks
{
    /// <summary>Up to this number of tasks, the completed ones are removed by every call.</summary>
    private const int Few = 8;

    private readonly List<Task> _tasks = [];
    private int _pruneAt;

    public void Add(Task task)
    {
        lock (_tasks)
        {
            if (_tasks.Count >= _pruneAt)
            {
                // With many tasks, only when their number has doubled: the amortized cost of a task is constant.
                _tasks.RemoveAll(static known => known.IsCompleted);
                _pruneAt = _tasks.Count > Few ? 2 * _tasks.Count : 0;
            }

            _tasks.Add(task);
        }
    }

    public void Add(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            Add(task.AsTask());
        }
    }

    /// <summary>Waits until all tasks have completed, including those added meanwhile. Never fails.</summary>
    public async Task WhenAllAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_tasks)
            {
                running = [.. _tasks.Where(static task => !task.IsCompleted)];
            }

            if (running.Length == 0)
            {
                return;
            }

            try
            {
                await Task.WhenAll(running).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Each task handles its failure, or the failure no longer matters.
            }
        }
    }
}
