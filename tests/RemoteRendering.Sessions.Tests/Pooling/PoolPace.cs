using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>Lets time pass for a pool, each time only when nobody of it has anything to do before time passes.</summary>
internal static class PoolPace
{
    /// <summary>Only reached by a test that waits for what never comes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    public static async Task PassUntilAsync(VirtualTimeProvider time, RenderingSessionPool pool, Func<bool> hasHappened)
    {
        long start = time.GetTimestamp();
        while (!hasHappened())
        {
            await ConnectionHarness.UntilAsync(() => hasHappened() || pool.IsResting);

            // What the rest of the pool has just been told it does in its own turn.
            await ConnectionHarness.SettleAsync();
            if (!hasHappened() && pool.IsResting)
            {
                Assert.True(time.GetElapsedTime(start) < Longest, $"It did not happen in {Longest}.");
                time.Advance(time.UntilNextTimer ?? TimeSpan.FromSeconds(1));
            }
        }
    }
}
