using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>What a session that ended by itself counts for.</summary>
public class PoolCostTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromHours(8);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(30)]
    [ExpectedLog("SessionEnded")]
    public async Task SessionThatFails_CostsTheMinutesItWasReady(int minutes)
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(1, Lease, 5 * Lease));
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 1);
        string lost = fixture.Emulator.Sessions.Single().Id;
        await fixture.PassAsync(TimeSpan.FromMinutes((double)minutes));
        fixture.Emulator.LoseHost(lost);
        TimeSpan used = fixture.Emulator.FindSession(lost)!.HostTime;
        await fixture.PassUntilAsync(
            () => fixture.Emulator.Sessions.Count == 2 && fixture.Pool.ReadyCount == 1 && fixture.Pool.Spent < 2 * Lease);
        Assert.InRange(fixture.Pool.Spent - Lease, used, used + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Dispose_InDoubt_CountsNoMoreThanTheTimeSinceTheCreation()
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(1, Lease, 5 * Lease));
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 1);
        await fixture.PassAsync(TimeSpan.FromMinutes(5));
        fixture.Policy.Failure = static (method, _) => method == "GET" ? new ObjectDisposedException("transport") : null;
        fixture.Time.StepWallClock(TimeSpan.FromSeconds(2));
        await fixture.Pool.DisposeAsync();
        Assert.InRange(fixture.Pool.Spent, fixture.Emulator.Sessions.Single().HostTime, TimeSpan.FromMinutes(15));
    }
}
