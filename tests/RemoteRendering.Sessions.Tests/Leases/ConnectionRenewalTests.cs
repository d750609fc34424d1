using RemoteRendering.Sessions.Sessions;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>The renewal as an option of the connection.</summary>
public class ConnectionRenewalTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RenderingConnectionOptions Options => new() { LeaseRenewal = LeaseFixture.Options(TimeSpan.FromHours(8)) };

    [Fact]
    public async Task Connect_StartsTheRenewal_AndDisconnectStopsIt()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 2, inUse: null);
        Assert.Null(fixture.Session.LeaseRenewal);
        await fixture.Session.ConnectAsync(Options, Token);
        RenderingLeaseRenewal renewal = fixture.Session.LeaseRenewal!;

        // The lease is as short as the threshold is long, so the first step is bought at once.
        await ConnectionHarness.UntilAsync(() => fixture.GrantedMinutes == 5);
        await fixture.Session.DisconnectAsync(Token);
        Assert.Equal(LeaseRenewalEndReason.Stopped, await ConnectionHarness.Within(renewal.Completion));
        Assert.False(renewal.Lost.IsCancellationRequested);
        Assert.Null(fixture.Session.LeaseRenewal);
    }

    [Fact]
    public async Task ConnectAgain_StartsAnother()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: null);
        for (int i = 0; i < 3; i++)
        {
            await fixture.Session.ConnectAsync(Options, Token);
            Assert.NotNull(fixture.Session.LeaseRenewal);
            await fixture.Session.DisconnectAsync(Token);
        }

        await fixture.Session.ConnectAsync(cancellationToken: Token);
        await ConnectionHarness.UntilAsync(() => fixture.Session.LeaseRenewal is null);
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task WireCut_TheRenewalGoesOn()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 2, inUse: null);
        await fixture.Session.ConnectAsync(Options, Token);
        RenderingLeaseRenewal renewal = fixture.Session.LeaseRenewal!;
        fixture.Emulator.HostFaults.RefuseUpgrades(1_000);
        fixture.Emulator.HostFaults.Cut();
        await ConnectionHarness.UntilAsync(() => fixture.Session.ConnectionStatus == ConnectionStatus.Reconnecting);
        await ConnectionHarness.UntilAsync(() => fixture.GrantedMinutes == 5);
        Assert.Same(renewal, fixture.Session.LeaseRenewal);
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task ConnectionLost_TheRenewalGoesOnForAWhile_OrUntilTheNextConnection()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: null);
        RenderingConnectionOptions options = Options;
        options.ReconnectPolicy = RenderingReconnectPolicy.Never;
        RenderingConnection connection = await fixture.Session.ConnectAsync(options, Token);
        RenderingLeaseRenewal first = fixture.Session.LeaseRenewal!;
        fixture.Emulator.HostFaults.Cut();
        await ConnectionHarness.Within(connection.Completion);
        Assert.Same(first, fixture.Session.LeaseRenewal);
        connection = await fixture.Session.ConnectAsync(options, Token);
        Assert.Equal(LeaseRenewalEndReason.Stopped, await ConnectionHarness.Within(first.Completion));
        RenderingLeaseRenewal second = fixture.Session.LeaseRenewal!;
        Assert.NotSame(first, second);

        fixture.Emulator.HostFaults.Cut();
        await ConnectionHarness.Within(connection.Completion);
        await fixture.AdvanceUntilAsync(() => second.Completion.IsCompleted, SessionUse.AfterLoss + Minute);
        Assert.Equal(LeaseRenewalEndReason.Stopped, await second.Completion);
    }

    [Fact]
    public async Task RenewalThatRunsAlready_GoesOnInstead_AndIsNotStopped()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: null);
        RenderingLeaseRenewal own = fixture.Start();
        await fixture.Session.ConnectAsync(Options, Token);
        Assert.Same(own, fixture.Session.LeaseRenewal);
        await fixture.Session.DisconnectAsync(Token);
        Assert.Same(own, fixture.Session.LeaseRenewal);
    }

    [Fact]
    public async Task NumbersThatDoNotFit_FailTheCall_AndNothingIsConnected()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: null);
        var options =
            new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(1)) { Threshold = Minute / 6 } };
        ArgumentException exception =
            await Assert.ThrowsAsync<ArgumentException>("options", () => fixture.Session.ConnectAsync(options, Token));
        Assert.Contains("00:00:10", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectionStatus.Disconnected, fixture.Session.ConnectionStatus);
    }

    [Fact]
    public async Task DisposingTheHandle_EndsBoth()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: null);
        await fixture.Session.ConnectAsync(Options, Token);
        RenderingLeaseRenewal renewal = fixture.Session.LeaseRenewal!;
        await fixture.Session.DisposeAsync();
        Assert.Equal(LeaseRenewalEndReason.Stopped, await renewal.Completion);
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task WokenWithHalfAMinuteLeft_WhileTheLinkIsStillDown_TheLeaseIsRenewed()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10, inUse: null);
        await fixture.Session.ConnectAsync(
            new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(8)) { Threshold = 2 * Minute } },
            Token);
        fixture.Listen(fixture.Session.LeaseRenewal!);
        fixture.Emulator.HostFaults.RefuseUpgrades(1_000);
        fixture.Emulator.HostFaults.Cut();
        await ConnectionHarness.UntilAsync(() => fixture.Session.ConnectionStatus == ConnectionStatus.Reconnecting);
        fixture.Sleep(TimeSpan.FromMinutes(9.5));
        await fixture.AdvanceUntilAsync(() => fixture.GrantedMinutes == 15, TimeSpan.FromSeconds(25));
        Assert.False(fixture.Session.LeaseRenewal!.Lost.IsCancellationRequested);
    }
}
