using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>
/// A pool whose requests, of every kind, get lost before or after their effect, or fail in ways that the SDK does not know.
/// </summary>
public class PoolFaultTests
{
    private const int Cap = 12;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);

    [Theory]
    [Trait("Random", "true")]
    [InlineData(2)]
    [InlineData(5)]
    [ExpectedLog("PoolStartFailed", "PoolStopFailed")]
    public async Task RandomFaults_OnEveryOperation_ServeNobodyTwiceAndLeaveNothingBehind(int seed)
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time);
        emulator.Faults.Randomize(
            seed, 0.35, EmulatorFault.CutBeforeEffect, EmulatorFault.CutAfterEffect, EmulatorFault.StatusAfterEffect(500),
            EmulatorFault.Throttled(TimeSpan.FromSeconds(5)), EmulatorFault.TruncatedBody);
        var policy = new FailingPolicy();
        var pool = new RenderingSessionPool(NewClient(emulator, policy), new RenderingSessionPoolOptions(2, Lease, Cap * Lease));
        var random = new Random(seed);
        int requests = 0;
        policy.Failure = (method, path) => (method == "PUT" || FailingPolicy.IsStop(path))
            && Interlocked.Increment(ref requests) % 4 == seed % 4
            ? new ObjectDisposedException("transport")
            : null;
        var taken = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            Task<RenderingSession> take = pool.TakeAsync();
            await PoolPace.PassUntilAsync(time, pool, () => take.IsCompleted);
            if (take.Exception?.InnerException is RenderingSessionPoolExhaustedException)
            {
                break;
            }

            RenderingSession session = await take;
            taken.Add(session.SessionUuid);
            Assert.Equal(SessionState.Ready, emulator.FindSession(session.SessionUuid)!.State);
            AssertWithin(Cap * Lease, emulator, taken);

            // Some of those that wait get too old, and are replaced.
            TimeSpan end = time.GetElapsedTime(0) + TimeSpan.FromMinutes(random.Next(15));
            await PoolPace.PassUntilAsync(time, pool, () => time.GetElapsedTime(0) >= end);
            AssertWithin(Cap * Lease, emulator, taken);
        }

        emulator.Faults.Clear();
        policy.Failure = static (_, _) => null;
        await ConnectionHarness.Within(pool.DisposeAsync().AsTask());

        Assert.NotEmpty(taken);
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.Empty(emulator.Sessions.Where(IsRunning).Select(static session => session.Id).Except(taken));

        // A session that was given up while it still seemed to start may have been ready since the last look at it.
        AssertWithin(pool.Spent + (emulator.Sessions.Count * LongestLook), emulator, taken);
    }

    [Fact]
    [ExpectedLog("PoolStopFailed")]
    public async Task StopThatFails_IsRepeatedUntilItIsDone_AndItsLeaseIsSpentUntilThen()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time);
        await using var pool = new RenderingSessionPool(NewClient(emulator), new RenderingSessionPoolOptions(1, Lease, 2 * Lease));
        await PoolPace.PassUntilAsync(time, pool, () => pool.ReadyCount == 1);
        string old = emulator.Sessions.Single().Id;
        emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.StatusBeforeEffect(503), 5);
        await PoolPace.PassUntilAsync(time, pool, () => Stops(emulator) >= 1 && pool.ReadyCount == 1);
        Assert.Equal(SessionState.Ready, emulator.FindSession(old)!.State);
        Assert.Equal(2 * Lease, pool.Spent);

        await PoolPace.PassUntilAsync(time, pool, () => emulator.FindSession(old)!.State == SessionState.Stopped && pool.Spent < 2 * Lease);
        Assert.Equal(6, Stops(emulator));
        Assert.True(pool.Spent >= Lease + emulator.FindSession(old)!.HostTime, pool.Spent.ToString());
    }

    [Fact]
    [ExpectedLog("PoolStopFailed")]
    public async Task Dispose_StopFailsOnce_IsTriedAgain()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        var pool = new RenderingSessionPool(NewClient(emulator), new RenderingSessionPoolOptions(1, Lease, Lease));
        await ConnectionHarness.UntilAsync(() => pool.ReadyCount == 1);
        emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.StatusBeforeEffect(503));
        await pool.DisposeAsync();
        Assert.Equal(SessionState.Stopped, emulator.Sessions.Single().State);
    }

    private static int Stops(SessionEmulator emulator)
        => emulator.Requests.Count(static request => request.Operation == ServiceOperation.Stop);

    private static bool IsRunning(EmulatedSession session) => session.State is SessionState.Starting or SessionState.Ready;

    /// <summary>
    /// What the pool has bought: the whole lease of what was handed out and of what still runs, the time it ran of the rest.
    /// </summary>
    private static void AssertWithin(TimeSpan limit, SessionEmulator emulator, List<string> taken)
    {
        TimeSpan bought = emulator.Sessions.Aggregate(
            TimeSpan.Zero, (sum, session) => sum + (IsRunning(session) || taken.Contains(session.Id) ? Lease : session.HostTime));
        Assert.True(bought <= limit, $"{bought} of {limit}");
    }

    private static Task<SessionEmulator> StartAsync(VirtualTimeProvider time) => SessionEmulator.StartAsync(options =>
    {
        options.TimeProvider = time;
        options.BootTime = TimeSpan.FromSeconds(40);
        options.RequestLogCapacity = 100_000;
    });

    private static RemoteRenderingClient NewClient(SessionEmulator emulator, FailingPolicy? policy = null)
    {
        var options = new RemoteRenderingClientOptions();
        options.Retry.MaxRetries = 0;
        options.AddPolicy(policy ?? new FailingPolicy(), HttpPipelinePosition.PerCall);
        return emulator.CreateClient(options);
    }
}
