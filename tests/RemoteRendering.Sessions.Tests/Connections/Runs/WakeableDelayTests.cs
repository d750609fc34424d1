using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class WakeableDelayTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private readonly VirtualTimeProvider _time = new();
    private readonly WakeableDelay _delay;

    public WakeableDelayTests() => _delay = new WakeableDelay(_time);

    [Fact]
    public async Task Wait_EndsWhenItsTimeHasPassed_AndNotBefore()
    {
        Task wait = WaitAsync();
        await _time.PassAsync(Delay - TimeSpan.FromTicks(1));
        await ConnectionHarness.SettleAsync();
        Assert.False(wait.IsCompleted);
        await _time.PassAsync(TimeSpan.FromTicks(1));
        await ConnectionHarness.Within(wait);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task Wake_WhileWaiting_EndsThatWaitOnly()
    {
        Task first = WaitAsync();
        _delay.Wake();
        await ConnectionHarness.Within(first);
        await AssertWaitsAsync();
    }

    [Fact]
    public async Task Wake_NobodyWaits_EndsTheNextWaitAtOnce_AndNoOther()
    {
        _delay.Wake();
        _delay.Wake();
        Assert.True(WaitAsync().IsCompletedSuccessfully);
        await AssertWaitsAsync();
    }

    [Fact]
    public async Task Wake_AfterAWaitThatTimeEnded_EndsTheNextWaitAtOnce()
    {
        await AssertWaitsAsync();
        _delay.Wake();
        Assert.True(WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Reset_ForgetsAWakeThatNobodyWaitedFor()
    {
        _delay.Wake();
        _delay.Reset();
        await AssertWaitsAsync();
    }

    [Fact]
    public async Task Wait_Cancelled_EndsAndLeavesNothing()
    {
        using var source = new CancellationTokenSource();
        Task wait = _delay.WaitAsync(Delay, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(wait));
        Assert.Equal(0, _time.PendingTimers);
        await AssertWaitsAsync();
    }

    private Task WaitAsync() => _delay.WaitAsync(Delay, CancellationToken.None);

    /// <summary>A wait that begins now takes all of its time.</summary>
    private async Task AssertWaitsAsync()
    {
        Task wait = WaitAsync();
        await ConnectionHarness.SettleAsync();
        Assert.False(wait.IsCompleted);
        await _time.PassAsync(Delay);
        await ConnectionHarness.Within(wait);
    }
}
