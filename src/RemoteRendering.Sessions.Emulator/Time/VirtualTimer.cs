namespace RemoteRendering.Sessions.Emulator.Time;

/// <summary>One timer of a <see cref="VirtualTimeProvider"/>; its fields belong to the provider's lock.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    private static readonly ContextCallback Call = static timer => ((VirtualTimer)timer!).Callback();

    /// <summary>Timers of the system take the context of their maker along, unless it is kept back.</summary>
    private readonly ExecutionContext _context = ExecutionContext.Capture() ?? EmptyContext.Value;

    public long DueTicks { get; set; }

    /// <summary>Timers due at the same moment fire in the order in which they were set.</summary>
    public long Number { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => provider.Schedule(this, dueTime, period);

    public void Fire() => ExecutionContext.Run(_context, Call, this);

    public void Dispose() => provider.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Callback() => callback(state);
}
