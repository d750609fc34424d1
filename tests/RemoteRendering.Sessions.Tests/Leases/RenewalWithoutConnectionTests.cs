using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>A server that keeps a session for a device that connects from elsewhere.</summary>
public class RenewalWithoutConnectionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task StartedOnTheSession_KeepsTheLease_WithDefaults()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10, inUse: null);
        fixture.Start(new LeaseRenewalOptions(TimeSpan.FromHours(4)));
        await fixture.PassAsync(100 * Minute);
        Assert.False(fixture.Renewal.Completion.IsCompleted);
        Assert.InRange(fixture.GrantedMinutes, 100, 110);
    }

    [Fact]
    public async Task StartedWhileStarting_AndNeverReadAgain_KeepsTheLease()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10, inUse: null, bootTime: TimeSpan.FromMinutes(3));
        Assert.Equal(RenderingSessionStatus.Starting, fixture.Session.Status);
        fixture.Start(new LeaseRenewalOptions(TimeSpan.FromHours(4)));
        await fixture.AdvanceUntilAsync(() => fixture.Session.Status == RenderingSessionStatus.Ready, 5 * Minute);
        await fixture.PassAsync(57 * Minute);
        Assert.False(fixture.Renewal.Completion.IsCompleted);
        Assert.InRange(fixture.GrantedMinutes, 57, 70);
    }

    [Fact]
    public async Task OnlyWhileConnected_IsToldInTime_AndOnce()
    {
        var logs = new CollectingLoggerFactory();
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10, inUse: false, logs: logs);
        fixture.Start(new LeaseRenewalOptions(TimeSpan.FromHours(4)) { RenewWhileDisconnected = false });
        await fixture.PassAsync(6 * Minute);
        Assert.False(fixture.Renewal.Completion.IsCompleted);
        (LogLevel level, _, string text, _) = Assert.Single(logs.Log.Entries, static entry => entry.Event == "LeaseNotRenewed");
        Assert.Equal(LogLevel.Information, level);
        Assert.Contains("'s1'", text.Replace("session s1", "session 's1'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("not in use", text, StringComparison.Ordinal);
        await fixture.PassAsync(Minute);
        Assert.Single(logs.Log.Entries, static entry => entry.Event == "LeaseNotRenewed");
    }

    [Fact]
    public async Task TotalReached_IsToldInTime()
    {
        var logs = new CollectingLoggerFactory();
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 20, inUse: null, logs: logs);
        fixture.Start(new LeaseRenewalOptions(TimeSpan.FromMinutes(20)));
        await fixture.PassAsync(10 * Minute);
        Assert.DoesNotContain(logs.Log.Entries, static entry => entry.Event == "LeaseNotRenewed");
        await fixture.PassAsync(6 * Minute);
        Assert.Contains(
            logs.Log.Entries, static entry
                => entry is { Event: "LeaseNotRenewed", Level: LogLevel.Information }
                    && entry.Text.Contains("total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RenewalOfAConnection_ThatEnded_IsTold()
    {
        var logs = new CollectingLoggerFactory();
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10, inUse: null, logs: logs);
        CancellationToken token = TestContext.Current.CancellationToken;
        await fixture.Session.ConnectAsync(
            new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(4)) }, token);
        RenderingLeaseRenewal renewal = fixture.Session.LeaseRenewal!;
        await fixture.Session.DisconnectAsync(token);
        await ConnectionHarness.Within(renewal.Completion);
        Assert.Contains(logs.Log.Entries, static entry => entry is { Event: "LeaseRenewalOfConnectionEnded", Level: LogLevel.Information });
    }
}
