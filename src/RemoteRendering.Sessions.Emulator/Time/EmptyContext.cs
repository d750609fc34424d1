namespace RemoteRendering.Sessions.Emulator.Time;

/// <summary>The context of a thread that nothing was handed to.</summary>
internal static class EmptyContext
{
    public static ExecutionContext Value { get; } = Capture();

    private static ExecutionContext Capture()
    {
        ExecutionContext? captured = null;
#pragma warning disable RS0030 // Only a thread of its own is sure to have nothing.
        var thread = new Thread(() => captured = ExecutionContext.Capture());
#pragma warning restore RS0030
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
