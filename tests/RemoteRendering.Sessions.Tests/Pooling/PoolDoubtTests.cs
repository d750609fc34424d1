using System.Collections.Concurrent;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>A session about which nothing is certain for the moment is neither handed out nor thrown away.</summary>
public class PoolDoubtTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task ClockStep_StopsNothing_CostsNothing_AndTheSessionsAreHandedOut()
    {
        await using PoolFixture fixture = await FilledAsync(4, cap: 10);
        string[] before = [.. fixture.Emulator.Sessions.Select(static session => session.Id)];
        fixture.Time.StepWallClock(Step);
        Assert.Equal(0, fixture.Pool.ReadyCount);
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 4);
        await fixture.PassAsync(TimeSpan.FromMinutes(2));
        Assert.All(fixture.Emulator.Sessions, static session => Assert.Equal(SessionState.Ready, session.State));
        Assert.Equal(4, fixture.Emulator.Sessions.Count);
        Assert.Equal(4 * Lease, fixture.Pool.Spent);
        Assert.Contains((await fixture.TakeAsync()).SessionUuid, before);
    }

    [Fact]
    public async Task Take_InDoubt_AtTheCap_WaitsForTheAnswer_AndNoLonger()
    {
        await using PoolFixture fixture = await FilledAsync(2, cap: 2);
        fixture.Time.StepWallClock(-Step);
        long start = fixture.Time.GetTimestamp();
        Task<RenderingSession> first = fixture.Pool.TakeAsync();
        Task<RenderingSession> second = fixture.Pool.TakeAsync();
        await ConnectionHarness.Within(Task.WhenAll(first, second));
        Assert.NotEqual((await first).SessionUuid, (await second).SessionUuid);
        Assert.Equal(start, fixture.Time.GetTimestamp());
        Assert.Equal(2, fixture.Emulator.Sessions.Count);
        await Assert.ThrowsAsync<RenderingSessionPoolExhaustedException>(() => fixture.Pool.TakeAsync());
    }

    [Fact]
    [ExpectedLog("PoolSessionInDoubt")]
    public async Task QuestionThatFails_IsRepeatedWithPauses()
    {
        await using PoolFixture fixture = await FilledAsync(1, cap: 1);
        string id = fixture.Emulator.Sessions.Single().Id;
        var asked = new ConcurrentQueue<TimeSpan>();
        fixture.Policy.Failure = (method, _) =>
        {
            if (method == "GET")
            {
                asked.Enqueue(fixture.Time.GetElapsedTime(0));
            }

            return method == "GET" && asked.Count <= 5 ? new ObjectDisposedException("transport") : null;
        };
        fixture.Time.StepWallClock(Step);
        Assert.Equal(id, (await fixture.TakeAsync()).SessionUuid);
        Assert.Equal(0, fixture.Count(ServiceOperation.Stop));
        Assert.True(asked.Last() - asked.First() >= TimeSpan.FromSeconds(5), string.Join(' ', asked));
        Assert.InRange(asked.Count, 6, 12);
    }

    [Fact]
    public async Task Question_IsAskedOnce_HoweverOftenThePoolLooks()
    {
        await using PoolFixture fixture = await FilledAsync(1, cap: 1);
        int questions = 0;
        fixture.Policy.Failure = (method, _) => method == "GET" && Interlocked.Increment(ref questions) > 1
            ? new ObjectDisposedException("a second question")
            : null;
        var held = new TaskCompletionSource();
        fixture.Policy.Held = held.Task;
        fixture.Time.StepWallClock(Step);
        for (int i = 0; i < 3; i++)
        {
            using var source = new CancellationTokenSource();
            Task<RenderingSession> take = fixture.Pool.TakeAsync(source.Token);
            await ConnectionHarness.UntilAsync(() => questions > 0 && fixture.Pool.IsResting);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => take);
        }

        Assert.Equal(1, questions);
        held.SetResult();
        await ConnectionHarness.UntilAsync(() => fixture.Pool.ReadyCount == 1);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task SessionThatFailsMeanwhile_IsReplaced()
    {
        await using PoolFixture fixture = await FilledAsync(1, cap: 5);
        string lost = fixture.Emulator.Sessions.Single().Id;
        fixture.Emulator.LoseHost(lost);
        fixture.Time.StepWallClock(Step);
        Assert.NotEqual(lost, (await fixture.TakeAsync()).SessionUuid);
        Assert.Equal(0, fixture.Count(ServiceOperation.Stop));
    }

    [Fact]
    [ExpectedLog("PoolSessionInDoubt", "SessionEnded")]
    public async Task SessionThatIsGone_IsDropped_AndNotHandedOut()
    {
        await using PoolFixture fixture = await FilledAsync(1, cap: 5, static options => options.Retention = TimeSpan.Zero);
        string lost = fixture.Emulator.Sessions.Single().Id;
        await fixture.PassAsync(TimeSpan.FromMinutes(5));
        fixture.Emulator.StopSession(lost);
        Assert.Null(fixture.StateOf(lost));

        // Long before it would be replaced for its age.
        long end = fixture.Time.GetTimestamp() + TimeSpan.FromMinutes(15).Ticks;
        await fixture.PassUntilAsync(() => fixture.Emulator.Sessions.Count == 1 && fixture.Pool.ReadyCount == 1);
        Assert.True(fixture.Time.GetTimestamp() < end);
        Assert.NotEqual(lost, (await fixture.TakeAsync()).SessionUuid);
        Assert.InRange(fixture.Pool.Spent, Lease + TimeSpan.FromMinutes(5), Lease + Lease + TimeSpan.FromMinutes(20));
    }

    [Fact]
    [ExpectedLog("PoolSessionInDoubt", "SessionEnded")]
    public async Task SessionThatIsGone_WhileInDoubt_IsDropped()
    {
        await using PoolFixture fixture = await FilledAsync(1, cap: 5, static options => options.Retention = TimeSpan.Zero);
        string lost = fixture.Emulator.Sessions.Single().Id;
        fixture.Emulator.StopSession(lost);
        fixture.Time.StepWallClock(Step);
        Assert.NotEqual(lost, (await fixture.TakeAsync()).SessionUuid);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [ExpectedLog("PoolSessionInDoubt", "SessionEnded")]
    public async Task WatchThatIsRefused_IsBegunAgain_AndTheSessionKept(int status)
    {
        await using PoolFixture fixture = await FilledAsync(1, cap: 5);
        string id = fixture.Emulator.Sessions.Single().Id;
        int reads = fixture.Count(ServiceOperation.Read);
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(status), 2);
        await fixture.PassUntilAsync(() => fixture.Count(ServiceOperation.Read) >= reads + 4 && fixture.Pool.ReadyCount == 1);
        Assert.Equal(SessionState.Ready, fixture.StateOf(id));
        Assert.Single(fixture.Emulator.Sessions);

        // The watch is there again: it finds out what happens.
        fixture.Emulator.LoseHost(id);
        await fixture.PassUntilAsync(() => fixture.Emulator.Sessions.Count == 2 && fixture.Pool.ReadyCount == 1);
        Assert.NotEqual(id, (await fixture.TakeAsync()).SessionUuid);
    }

    [Fact]
    [ExpectedLog("PoolSessionInDoubt")]
    public async Task WatchThatIsAlwaysRefused_DoesNotHammerTheService()
    {
        await using PoolFixture fixture = await FilledAsync(3, cap: 3);
        fixture.Policy.Failure = static (method, path) => method == "GET" && path.EndsWith("/sessions", StringComparison.Ordinal)
            ? new ObjectDisposedException("list")
            : null;
        int reads = fixture.Count(ServiceOperation.Read);
        await fixture.PassAsync(TimeSpan.FromMinutes(20));
        Assert.InRange(fixture.Count(ServiceOperation.Read) - reads, 3, 3 * 20 * 7);
        Assert.Equal(0, fixture.Count(ServiceOperation.Stop));
    }

    private static async Task<PoolFixture> FilledAsync(int ready, int cap, Action<SessionEmulatorOptions>? configure = null)
    {
        PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(ready, Lease, cap * Lease), configure);
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == ready);

        // All watches have begun: the next look is one for which time must pass.
        int looks = Looks(fixture);
        await fixture.PassUntilAsync(() => Looks(fixture) >= looks + (2 * ready));
        await ConnectionHarness.UntilAsync(() => fixture.Pool.IsResting);
        return fixture;
    }

    private static int Looks(PoolFixture fixture) => fixture.Count(ServiceOperation.Read) + fixture.Count(ServiceOperation.List);
}
