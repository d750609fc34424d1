using System.Collections.Concurrent;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>What a pool must stop it stops, whatever the tries to do so end in.</summary>
public class PoolCleanupTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(60);

    [Fact]
    [ExpectedLog("PoolStopFailed")]
    public async Task StopThatFailsWithAnyException_IsLogged_AndRepeatedUntilItIsDone()
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(1, Lease, 5 * Lease));
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 1);
        string old = fixture.Emulator.Sessions.Single().Id;
        int failures = 3;
        fixture.Policy.Failure = (_, path) => FailingPolicy.IsStop(path) && failures-- > 0
            ? new ObjectDisposedException("transport")
            : null;
        await fixture.PassUntilAsync(() => fixture.StateOf(old) == SessionState.Stopped && fixture.Pool.Spent < 2 * Lease);
        Assert.InRange(fixture.Emulator.FindSession(old)!.HostTime, TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(31));
        Assert.Equal(3, fixture.Logged("PoolStopFailed"));
    }

    [Fact]
    [ExpectedLog("PoolStopFailed")]
    public async Task Dispose_StopFailsWithAnyException_IsTriedAgain_AndThrowsNothing()
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(2, Lease, 5 * Lease));
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 2);
        var failed = new ConcurrentDictionary<string, bool>();
        fixture.Policy.Failure = (_, path) => FailingPolicy.IsStop(path) && failed.TryAdd(path, true)
            ? new ObjectDisposedException("transport")
            : null;
        await ConnectionHarness.Within(fixture.Pool.DisposeAsync().AsTask());
        Assert.All(fixture.Emulator.Sessions, static session => Assert.Equal(SessionState.Stopped, session.State));
    }

    [Fact]
    [ExpectedLog("PoolStopFailed")]
    public async Task Dispose_WhileStarting_StopFailsWithAnyException_IsTriedAgain()
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(
            new RenderingSessionPoolOptions(3, Lease, 5 * Lease), static options => options.BootTime = TimeSpan.FromHours(1));
        await ConnectionHarness.UntilAsync(() => fixture.Emulator.Sessions.Count == 3);
        var failed = new ConcurrentDictionary<string, bool>();
        fixture.Policy.Failure = (_, path) => FailingPolicy.IsStop(path) && failed.TryAdd(path, true)
            ? new ObjectDisposedException("transport")
            : null;
        await ConnectionHarness.Within(fixture.Pool.DisposeAsync().AsTask());
        Assert.All(fixture.Emulator.Sessions, static session => Assert.Equal(SessionState.Stopped, session.State));
        Assert.Equal(0, fixture.Pool.StartingCount);
    }

    [Fact]
    [ExpectedLog("PoolStartFailed")]
    public async Task WaitThatFailsWithAnyException_StopsTheSession_AndCountsIt()
    {
        int failures = 1;
        await using PoolFixture fixture = await PoolFixture.StartAsync(
            new RenderingSessionPoolOptions(1, Lease, 5 * Lease),
            static options => options.BootTime = TimeSpan.FromSeconds(1),
            failure: (method, path)
                => method == "GET" && path.Contains("/sessions", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0
                    ? new ObjectDisposedException("transport")
                    : null);
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 1);
        Assert.Equal([SessionState.Stopped, SessionState.Ready], fixture.Emulator.Sessions.Select(static session => session.State));
        Assert.True(fixture.Pool.Spent >= Lease + fixture.Emulator.Sessions[0].HostTime, fixture.Pool.Spent.ToString());
    }

    [Fact]
    [ExpectedLog("PoolNotStopped", "PoolStopFailed")]
    public async Task Dispose_NothingCanBeStopped_ThrowsNothing_AndSaysWhatRunsOn()
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(2, Lease, 5 * Lease));
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 2);
        fixture.Policy.Failure = static (_, path) => FailingPolicy.IsStop(path) ? new ObjectDisposedException("transport") : null;
        await ConnectionHarness.Within(fixture.Pool.DisposeAsync().AsTask());
        Assert.Equal(2, fixture.Logged("PoolNotStopped"));
        Assert.Equal(2 * Lease, fixture.Pool.Spent);
    }
}
