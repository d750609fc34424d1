namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Collects background tasks, so that they can be awaited at the end.</summary>
internal sealed class BackgroundTasks
{
    private readonly List<Task> _tasks = [];

    public void Add(Task task)
    {
        lock (_tasks)
        {
            _tasks.RemoveAll(static known => known.IsCompleted);
            _tasks.Add(task);
        }
    }

    /// <summary>Waits until all tasks have completed, including those added meanwhile. Never fails.</summary>
    public async Task WhenAll()
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
