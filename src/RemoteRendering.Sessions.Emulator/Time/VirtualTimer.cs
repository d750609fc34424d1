namespace RemoteRendering.Sessions.Emulator;

/// <summary>One timer of a <see cref="VirtualTimeProvider"/>; its fields belong to the provider's lock.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    public long DueTicks { get; set; }

    /// <summary>Timers due at the same moment fire in the order in which they were set.</summary>
    public long Number { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => provider.Schedule(this, dueTime, period);

    public void Fire() => callback(state);

    public void Dispose() => provider.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
