namespace RemoteRendering.Sessions.Emulator.Time;

/// <summary>A caller that waits until a number of timers are pending.</summary>
internal sealed class TimerWaiter(int count)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count => count;

    public Task Task => _completion.Task;

    public void Complete() => _completion.TrySetResult();
}
