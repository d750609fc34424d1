namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>
/// The context of a thread that is not pumped any more: a window that was closed, an editor whose play mode has ended. Counts what is
/// posted, and runs none of it.
/// </summary>
internal sealed class DeadContext : SynchronizationContext
{
    private int _posts;

    public int Posts => Volatile.Read(ref _posts);

    /// <summary>Gets where the first post came from.</summary>
    public string? FirstPost { get; private set; }

    public override void Post(SendOrPostCallback d, object? state) => Count();

    public override void Send(SendOrPostCallback d, object? state) => Count();

    public override SynchronizationContext CreateCopy() => this;

    private void Count()
    {
        Interlocked.Increment(ref _posts);
        FirstPost ??= Environment.StackTrace;
    }
}
