namespace RemoteRendering.Sessions.Host.Requests;

/// <summary>Tasks that no caller awaits at the moment. Disposing the host awaits them.</summary>
internal sealed class BackgroundTasks
{
    private readonly object _gate = new();
    private readonly HashSet<Task> _tasks = [];

    public void Add(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        Task running = task.AsTask();
        lock (_gate)
        {
            _tasks.Add(running);
        }

        _ = running.ContinueWith(
            static (done, state) => ((BackgroundTasks)state!).Remove(done),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public async Task WhenAllAsync()
    {
        while (Snapshot() is { Length: > 0 } tasks)
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
            foreach (Task task in tasks)
            {
                Remove(task);
            }
        }
    }

    private Task[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _tasks];
        }
    }

    private void Remove(Task task)
    {
        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }
}
