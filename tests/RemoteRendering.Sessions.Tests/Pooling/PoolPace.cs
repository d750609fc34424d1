using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>Lets time pass for a pool, each time only when nobody of it has anything to do before time passes.</summary>
internal static class PoolPace
{
    public static async Task PassUntilAsync(VirtualTimeProvider time, RenderingSessionPool pool, Func<bool> hasHappened)
    {
        while (!hasHappened())
        {
            await ConnectionHarness.UntilAsync(() => hasHappened() || pool.IsResting);

            // What the rest of the pool has just been told it does in its own turn.
            await ConnectionHarness.SettleAsync();
            if (!hasHappened() && pool.IsResting)
            {
                time.Advance(time.UntilNextTimer ?? TimeSpan.FromSeconds(1));
            }
        }
    }
}
