using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>What the service refuses for good ends the wait of those who take; the pool itself goes on with its pauses.</summary>
[ExpectedLog("PoolStartFailed")]
public class PoolRefusalTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Take_WhatIsRefused_FailsWithTheRefusal_AndSucceedsOnceItIsAllowed(int status)
    {
        bool isRefused = true;
        await using PoolFixture fixture = await PoolFixture.StartAsync(
            Options(1), failure: (method, _) => isRefused && method == "PUT" ? new RequestFailedException(status, "No.") : null);
        for (int i = 0; i < 3; i++)
        {
            Task<RenderingSession>[] takes = [fixture.Pool.TakeAsync(), fixture.Pool.TakeAsync(), fixture.Pool.TakeAsync()];
            await fixture.PassUntilAsync(() => takes.All(static take => take.IsCompleted));
            foreach (Task<RenderingSession> take in takes)
            {
                Assert.Equal(status, (await Assert.ThrowsAsync<RequestFailedException>(() => take)).Status);
            }
        }

        isRefused = false;
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 1);
        RenderingSession session = await fixture.TakeAsync();
        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
        Assert.Equal(TimeSpan.FromMinutes(10.0 * (fixture.Pool.ReadyCount + fixture.Pool.StartingCount + 1)), fixture.Pool.Spent);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task Take_WhatFailsForAWhile_IsWaitedFor(int status)
    {
        int left = 3;
        await using PoolFixture fixture = await PoolFixture.StartAsync(
            Options(1), failure: (method, _)
                => method == "PUT" && Interlocked.Decrement(ref left) >= 0 ? new RequestFailedException(status, "Later.") : null);
        Assert.Equal(RenderingSessionStatus.Ready, (await fixture.TakeAsync()).Status);
    }

    [Fact]
    public async Task PoolThatIsRefusedForAnHour_TriesWithPauses()
    {
        int tries = 0;
        await using PoolFixture fixture = await PoolFixture.StartAsync(
            Options(4),
            failure: (method, _) =>
            {
                tries += method == "PUT" ? 1 : 0;
                return method == "PUT" ? new RequestFailedException(403, "No.") : null;
            });
        await fixture.PassAsync(TimeSpan.FromHours(1.0));
        Assert.InRange(tries, 50, 150);
        await Assert.ThrowsAsync<RequestFailedException>(() => ConnectionHarness.Within(fixture.Pool.TakeAsync()));
    }

    [Fact]
    public async Task ReadySessions_AsManyAsThereAre_FillsUpToTheCap()
    {
        var options = new RenderingSessionPoolOptions(int.MaxValue, TimeSpan.FromMinutes(10.0), TimeSpan.FromMinutes(50.0));
        await using PoolFixture fixture = await PoolFixture.StartAsync(options);
        Task<RenderingSession> take = fixture.Pool.TakeAsync();
        await fixture.PassUntilAsync(() => take.IsCompleted && fixture.Pool.ReadyCount == 4);
        Assert.Equal(5, fixture.Count(ServiceOperation.Create));
    }

    [Fact]
    public async Task LeaseWithoutACap_IsCounted()
    {
        var options = new RenderingSessionPoolOptions(2, TimeSpan.FromMinutes(10.0), TimeSpan.MaxValue);
        await using PoolFixture fixture = await PoolFixture.StartAsync(options);
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 2);
        Assert.Equal(TimeSpan.FromMinutes(20.0), fixture.Pool.Spent);
    }

    private static RenderingSessionPoolOptions Options(int ready) => new(ready, TimeSpan.FromMinutes(10.0), TimeSpan.FromHours(20.0));
}
