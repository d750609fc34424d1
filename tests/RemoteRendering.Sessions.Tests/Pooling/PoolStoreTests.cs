using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pooling.Support;
using RemoteRendering.Sessions.Tests.Storage;
using RemoteRendering.Sessions.Tests.Storage.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pooling;

/// <summary>The last session used is one that somebody took, not a spare.</summary>
public class PoolStoreTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(60);
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task Take_IsRemembered_AndWhatThePoolKeepsReadyIsNot()
    {
        await using PoolFixture fixture = await FilledAsync();
        Assert.Null(_store.Record);
        RenderingSession taken = await fixture.TakeAsync();
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 2);
        Assert.Equal(taken.SessionUuid, _store.Record!.SessionId);
        RenderingSession last = (await taken.Client.OpenLastRenderingSessionAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(taken.SessionUuid, last.SessionUuid);
    }

    [Fact]
    public async Task Take_ThatHadToWait_IsRemembered()
    {
        await using PoolFixture fixture = await PoolFixture.StartAsync(
            new RenderingSessionPoolOptions(1, Lease, 10 * Lease), static options => options.BootTime = TimeSpan.FromSeconds(30), _store);
        RenderingSession taken = await fixture.TakeAsync();
        Assert.Equal(taken.SessionUuid, _store.Record!.SessionId);
    }

    [Fact]
    [ExpectedLog("SessionNotRemembered")]
    public async Task Take_StoreFails_TakesAllTheSame()
    {
        await using PoolFixture fixture = await FilledAsync();
        _store.Failure = new IOException("full");
        Assert.NotNull(await fixture.TakeAsync());
    }

    [Fact]
    public async Task Take_StoreIsSlow_WaitsNoLongerThanItsCaller()
    {
        await using PoolFixture fixture = await FilledAsync();
        var slow = new TaskCompletionSource();
        _store.Slowness = slow.Task;
        using var source = new CancellationTokenSource();
        Task<RenderingSession> take = fixture.Pool.TakeAsync(source.Token);
        await ConnectionHarness.SettleAsync();
        Assert.False(take.IsCompleted);
        await source.CancelAsync();

        // The session has been taken: it is the caller's, and is not lost.
        RenderingSession taken = await ConnectionHarness.Within(take);
        slow.SetResult();
        await ConnectionHarness.UntilAsync(() => _store.Record?.SessionId == taken.SessionUuid);
    }

    private async Task<PoolFixture> FilledAsync()
    {
        PoolFixture fixture = await PoolFixture.StartAsync(new RenderingSessionPoolOptions(2, Lease, 10 * Lease), store: _store);
        await fixture.PassUntilAsync(() => fixture.Pool.ReadyCount == 2);
        return fixture;
    }
}
