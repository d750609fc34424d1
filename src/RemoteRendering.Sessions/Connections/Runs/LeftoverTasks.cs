namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Tasks that nobody waits for on the way, kept so that somebody can at the end.</summary>
internal sealed class LeftoverTasks
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

    /// <summary>Waits until none is left, those added meanwhile included. Never fails.</summary>
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
                // Each has dealt with its failure, or it is of no interest any more.
            }
        }
    }
}
