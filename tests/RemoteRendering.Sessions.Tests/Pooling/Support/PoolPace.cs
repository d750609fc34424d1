using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling.Support;

/// <summary>Lets time pass for a pool, each time only when all started work waits for it.</summary>
internal static class PoolPace
{
    public static Task PassUntilAsync(VirtualTimeProvider time, RenderingSessionPool pool, Func<bool> hasHappened)
        => time.PassUntilAsync(hasHappened, describe: () => $"{pool.ReadyCount} sessions are ready.");
}
