using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

public class RenderingSessionPoolTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(60);

    [Fact]
    public async Task Take_ByAThousandAtOnce_ServesNobodyTwice()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        await using var pool = new RenderingSessionPool(emulator.CreateClient(), Options(1_000, cap: 10_000, parallel: 64));
        await ConnectionHarness.UntilAsync(() => pool.ReadyCount == 1_000);
        RenderingSession[] sessions = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => pool.TakeAsync())));
        Assert.Equal(1_000, sessions.Select(static session => session.SessionUuid).Distinct().Count());
    }

    [Fact]
    public async Task Pool_TopsItselfUp_UpToTheCap_AndThenSaysSo()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        await using var pool = new RenderingSessionPool(emulator.CreateClient(), Options(2, cap: 3));
        var taken = new HashSet<string>();
        for (int i = 0; i < 3; i++)
        {
            taken.Add((await pool.TakeAsync()).SessionUuid);
        }

        await Assert.ThrowsAsync<RenderingSessionPoolExhaustedException>(() => pool.TakeAsync());
        Assert.Equal(3, taken.Count);
        Assert.Equal(3, emulator.Sessions.Count);
        Assert.Equal(3 * Lease, pool.Spent);
    }

    [Fact]
    public async Task StandardOutOfCapacity_TakesPremium_IfAllowed()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.BootTime = TimeSpan.Zero;
            options.Capacity[SessionSize.Standard] = 1;
        });
        RenderingSessionPoolOptions options = Options(3, cap: 10);
        options.Sizes.Add(RenderingSessionVmSize.Premium);
        await using var pool = new RenderingSessionPool(emulator.CreateClient(), options);
        await ConnectionHarness.UntilAsync(() => pool.ReadyCount == 3);
        RenderingSession[] sessions = [await pool.TakeAsync(), await pool.TakeAsync(), await pool.TakeAsync()];
        Assert.Equal(2, sessions.Count(static session => session.Properties.Size == RenderingSessionVmSize.Premium));
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task FailedSession_IsReplaced_BeforeAnybodyTakesIt()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time);
        await using var pool = new RenderingSessionPool(NewClient(emulator), Options(1, cap: 5));
        await ConnectionHarness.UntilAsync(() => pool.ReadyCount == 1);
        string lost = emulator.Sessions.Single().Id;
        emulator.LoseHost(lost);
        await PoolPace.PassUntilAsync(time, pool, () => emulator.Sessions.Count == 2 && pool.ReadyCount == 1);
        Assert.NotEqual(lost, (await pool.TakeAsync()).SessionUuid);
    }

    [Fact]
    public async Task NearlyExpiredSession_IsStoppedAndReplaced()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time);
        await using var pool = new RenderingSessionPool(NewClient(emulator), Options(1, cap: 5));
        await ConnectionHarness.UntilAsync(() => pool.ReadyCount == 1);
        string old = emulator.Sessions.Single().Id;
        await PoolPace.PassUntilAsync(time, pool, () => emulator.FindSession(old)!.State == SessionState.Stopped && pool.ReadyCount == 1);
        Assert.InRange(emulator.FindSession(old)!.HostTime, TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(31));
        Assert.NotEqual(old, (await pool.TakeAsync()).SessionUuid);
    }

    [Fact]
    [ExpectedLog("PoolStartFailed")]
    public async Task Outage_IsSurvivedWithoutAStampede()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time);
        emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.StatusBeforeEffect(500), 12);
        await using var pool = new RenderingSessionPool(NewClient(emulator), Options(8, cap: 20));
        await PoolPace.PassUntilAsync(time, pool, () => pool.ReadyCount == 8);
        EmulatorRequest[] creates = [.. emulator.Requests.Where(static request => request.Operation == ServiceOperation.Create)];
        Assert.Equal(20, creates.Length);

        // Four at once before the first failure is known; then one at a time, ever more seldom.
        TimeSpan span = creates[11].Time - creates[4].Time;
        Assert.True(span >= TimeSpan.FromSeconds(60), span.ToString());
    }

    [Fact]
    [ExpectedLog("PoolStartFailed")]
    public async Task Throttled_RetryAfterIsObeyed()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time);
        emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.Throttled(TimeSpan.FromSeconds(90)));
        await using var pool = new RenderingSessionPool(NewClient(emulator), Options(1, cap: 20));
        await PoolPace.PassUntilAsync(time, pool, () => pool.ReadyCount == 1);
        EmulatorRequest[] creates = [.. emulator.Requests.Where(static request => request.Operation == ServiceOperation.Create)];
        Assert.Equal(2, creates.Length);
        Assert.True(creates[1].Time - creates[0].Time >= TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Dispose_StopsWhatNobodyTook_AndLeavesWhatWasTaken()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        var pool = new RenderingSessionPool(emulator.CreateClient(), Options(4, cap: 20));
        await ConnectionHarness.UntilAsync(() => pool.ReadyCount == 4);
        RenderingSession taken = await pool.TakeAsync();
        await pool.DisposeAsync();
        await pool.DisposeAsync();
        EmulatedSession running = Assert.Single(emulator.Sessions, static session => session.State == SessionState.Ready);
        Assert.Equal(taken.SessionUuid, running.Id);
        Assert.All(emulator.Sessions, static session => Assert.NotEqual(SessionState.Starting, session.State));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.TakeAsync());
    }

    [Fact]
    public async Task Dispose_WhileStarting_LeavesNothingRunning_AndFailsThoseWhoWait()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.FromHours(1));
        var pool = new RenderingSessionPool(emulator.CreateClient(), Options(3, cap: 20));
        Task<RenderingSession> take = pool.TakeAsync();
        await ConnectionHarness.UntilAsync(() => emulator.Sessions.Count >= 3);
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => take);
        Assert.All(emulator.Sessions, static session => Assert.Equal(SessionState.Stopped, session.State));
    }

    [Fact]
    public async Task Take_Cancelled_LosesNoSession()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await StartAsync(time, boot: 20);
        await using var pool = new RenderingSessionPool(NewClient(emulator), Options(1, cap: 20));
        using var source = new CancellationTokenSource();
        Task<RenderingSession> take = pool.TakeAsync(source.Token);
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => take)).CancellationToken);
        await PoolPace.PassUntilAsync(time, pool, () => pool.ReadyCount >= 1);
    }

    [Fact]
    public void Options_ThatDoNotFit_AreRefusedWithTheNumbers()
    {
        Assert.Throws<ArgumentOutOfRangeException>("readySessions", () => new RenderingSessionPoolOptions(0, Lease, Lease));
        Assert.Contains(
            "01:00:00",
            Assert.Throws<ArgumentOutOfRangeException>(
                "maxTotalLeaseTime", () => new RenderingSessionPoolOptions(1, Lease, Lease / 2)).Message,
            StringComparison.Ordinal);
        RenderingSessionPoolOptions options = Options(1, 1);
        options.MinRemaining = Lease;
        Assert.Throws<ArgumentException>("options", () => options.Checked("options"));
    }

    private static RenderingSessionPoolOptions Options(int ready, int cap, int parallel = 4)
        => new(ready, Lease, cap * Lease) { MaxParallelStarts = parallel };

    private static Task<SessionEmulator> StartAsync(VirtualTimeProvider time, double boot = 0) => SessionEmulator.StartAsync(options =>
    {
        options.TimeProvider = time;
        options.BootTime = TimeSpan.FromSeconds(boot);
    });

    private static RemoteRenderingClient NewClient(SessionEmulator emulator)
    {
        var options = new RemoteRenderingClientOptions();
        options.Retry.MaxRetries = 0;
        return emulator.CreateClient(options);
    }
}
