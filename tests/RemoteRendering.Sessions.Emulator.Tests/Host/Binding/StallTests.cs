using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

/// <summary>A host whose process is stopped for a while (SIGSTOP, a paused machine): its clock goes on, and its timers come late.</summary>
public class StallTests
{
    [Fact]
    public async Task HostSleepsWhileALinkIsSilent_HistoryTellsItFromAGhost()
    {
        var timers = new VirtualTimeProvider();
        var time = new StallingTime(timers);
        await using var host = new HostFixture(timers, time);
        await host.BindAsync();

        time.Stall(TimeSpan.FromSeconds(25));
        await host.UntilAsync("linkLost");

        Assert.Equal("dead", Assert.Single(host.Events("linkLost"))["cause"]);
        Assert.NotEmpty(host.Events("hostSlept"));
        Assert.Empty(Check(host));
    }

    [Fact]
    public async Task HostSleepsThroughAGrace_HistoryTellsItFromAGhost()
    {
        var timers = new VirtualTimeProvider();
        var time = new StallingTime(timers);
        await using var host = new HostFixture(timers, time);
        (await host.BindAsync()).Cut();
        await host.UntilAsync("linkLost");

        time.Stall(TimeSpan.FromSeconds(100));
        await host.UntilAsync("bindingEnded");

        Assert.Equal("graceOver", Assert.Single(host.Events("bindingEnded"))["cause"]);
        Assert.Empty(Check(host));
        Assert.Contains(
            new HistoryChecker().Check(Renumbered(host.Lines().Where(line => !line.Contains("hostSlept", StringComparison.Ordinal)))),
            finding
                => finding.Rule == HistoryRule.GhostBound);
    }

    [Fact]
    public async Task HostThatRuns_SaysNothingOfSleep()
    {
        await using var host = new HostFixture();
        (await host.BindAsync()).Cut();
        await host.UntilAsync("linkLost");
        await host.Time.PassAsync(TimeSpan.FromMinutes(2));
        await host.UntilAsync("bindingEnded");

        Assert.Empty(host.Events("hostSlept"));
    }

    private static IReadOnlyList<HistoryFinding> Check(HostFixture host) => new HistoryChecker().Check(host.Lines());

    private static IEnumerable<string> Renumbered(IEnumerable<string> lines) => lines.Select((line, index) =>
        System.Text.RegularExpressions.Regex.Replace(line, "\"n\":[0-9]+", $"\"n\":{index + 1}"));

    /// <summary>A clock that can go on without its timers, which are all due when they run again.</summary>
    private sealed class StallingTime(VirtualTimeProvider timers) : TimeProvider
    {
        private long? _frozenAt;

        public override long TimestampFrequency => timers.TimestampFrequency;

        public override long GetTimestamp() => _frozenAt ?? timers.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => timers.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => timers.CreateTimer(callback, state, dueTime, period);

        /// <summary>Time passes and no timer runs; then those that are due do, at the moment at which the stall ends.</summary>
        public void Stall(TimeSpan time)
        {
            _frozenAt = timers.GetTimestamp() + time.Ticks;
            timers.AdvanceAlone(time);
            _frozenAt = null;
        }
    }
}
