namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>A scheduler that runs one task, on the thread that starts it. Counts the others, and runs none of them.</summary>
internal sealed class DeadScheduler : TaskScheduler
{
    private int _posts;

    public int Posts => Volatile.Read(ref _posts);

    /// <summary>Gets where the first other task came from.</summary>
    public string? FirstPost { get; private set; }

    /// <summary>Runs an action as a task of this scheduler.</summary>
    public void Run(Action action) => new Task(action).RunSynchronously(this);

    protected override void QueueTask(Task task)
    {
        Interlocked.Increment(ref _posts);
        FirstPost ??= Environment.StackTrace;
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
