#pragma warning disable RS0030 // What moves time is what is tested here.
namespace RemoteRendering.Sessions.Emulator.Tests.Time;

public class VirtualTimeProviderTests
{
    private readonly VirtualTimeProvider _time = new();

    /// <summary>FakeTimeProvider's monotonic clock jumps along when its wall clock is set.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    [Trait("Museum", "R8")]
    public void StepWallClock_MovesTheWallClockAlone(int minutes)
    {
        int fired = 0;
        using ITimer timer = _time.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        DateTimeOffset wall = _time.GetUtcNow();
        long monotonic = _time.GetTimestamp();

        _time.StepWallClock(TimeSpan.FromMinutes(minutes));

        Assert.Equal(TimeSpan.FromMinutes(minutes), _time.GetUtcNow() - wall);
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(monotonic));
        Assert.Equal(TimeSpan.FromMinutes(5), _time.UntilNextTimer);
        Assert.Equal(0, fired);
    }

    [Fact]
    [Trait("Museum", "R8")]
    public void Suspend_WallClockGoesOn_MonotonicClockAndTimersStandStill()
    {
        int fired = 0;
        using ITimer timer = _time.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        DateTimeOffset wall = _time.GetUtcNow();
        long monotonic = _time.GetTimestamp();

        _time.Suspend(TimeSpan.FromHours(8));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, fired);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, fired);
        Assert.Equal(TimeSpan.FromMinutes(5), _time.GetElapsedTime(monotonic));
        Assert.Equal(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(5), _time.GetUtcNow() - wall);
    }

    [Fact]
    [Trait("Museum", "R8")]
    public void WallClockRate_DriftsAgainstTheMonotonicClock()
    {
        DateTimeOffset wall = _time.GetUtcNow();
        _time.WallClockRate = 1.0001;

        _time.Advance(TimeSpan.FromSeconds(10_000));

        Assert.Equal(TimeSpan.FromSeconds(10_001), _time.GetUtcNow() - wall);
        Assert.Equal(TimeSpan.FromSeconds(10_000).Ticks, _time.GetTimestamp());
    }

    [Fact]
    public void Advance_TimersFireInTheOrderInWhichTheyAreDue_AndSeeTheirOwnTime()
    {
        var seen = new List<(string Name, TimeSpan At)>();
        using ITimer late = _time.CreateTimer(
            _ => seen.Add(("late", TimeSpan.FromTicks(_time.GetTimestamp()))), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using ITimer periodic = _time.CreateTimer(
            _ => seen.Add(("periodic", TimeSpan.FromTicks(_time.GetTimestamp()))), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(
            [("periodic", TimeSpan.FromSeconds(2)), ("late", TimeSpan.FromSeconds(3)), ("periodic", TimeSpan.FromSeconds(4))], seen);
        Assert.Equal(1, _time.PendingTimers);
    }

    [Fact]
    public void Dispose_OfATimer_RemovesIt()
    {
        int fired = 0;
        ITimer timer = _time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        timer.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, fired);
        Assert.Equal(0, _time.PendingTimers);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task WaitForTimersAsync_CompletesWithTheTimer()
    {
        Task waiting = _time.WaitForTimersAsync(1);
        Assert.False(waiting.IsCompleted);

        Task delay = Task.Delay(TimeSpan.FromSeconds(1), _time);

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Nonsense_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Suspend(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.WallClockRate = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.WallClockRate = double.NaN);
        Assert.Throws<ArgumentNullException>(() => _time.CreateTimer(null!, null, TimeSpan.Zero, TimeSpan.Zero));
    }
}
