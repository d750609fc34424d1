using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Sessions;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Sessions;

public class SessionUseTests
{
    private readonly VirtualTimeProvider _time = new();

    [Theory]
    [InlineData(ConnectionStatus.Disconnected, false)]
    [InlineData(ConnectionStatus.Connecting, false)]
    [InlineData(ConnectionStatus.Connected, true)]
    [InlineData(ConnectionStatus.Reconnecting, true)]
    public void Look_AtAConnection_CountsItFromConnectedUntilItHasEnded(ConnectionStatus status, bool isInUse)
        => Assert.Equal(isInUse, new SessionUse(_time).Look(status, null));

    [Theory]
    [InlineData(RenderingConnectionReason.GraceExpired)]
    [InlineData(RenderingConnectionReason.ConnectionLost)]
    [InlineData(RenderingConnectionReason.HostUnresponsive)]
    public void Look_AfterAConnectionWasLost_CountsTwoMinutesOfTimeAwake(RenderingConnectionReason end)
    {
        var use = new SessionUse(_time);
        use.Look(ConnectionStatus.Reconnecting, null);
        _time.Suspend(TimeSpan.FromHours(1));
        _time.AdvanceAlone(SessionUse.AfterLoss - TimeSpan.FromSeconds(1));
        Assert.True(use.Look(ConnectionStatus.Disconnected, end));
        Assert.True(use.Look(ConnectionStatus.Connecting, null));
        _time.AdvanceAlone(TimeSpan.FromSeconds(1));
        Assert.False(use.Look(ConnectionStatus.Disconnected, end));
    }

    [Theory]
    [InlineData(RenderingConnectionReason.DisconnectRequest)]
    [InlineData(RenderingConnectionReason.TakenOver)]
    [InlineData(RenderingConnectionReason.OtherSessionConnected)]
    [InlineData(RenderingConnectionReason.Cancelled)]
    public void Look_AfterAConnectionWasLetGo_CountsNothing(RenderingConnectionReason end)
    {
        var use = new SessionUse(_time);
        use.Look(ConnectionStatus.Connected, null);
        Assert.False(use.Look(ConnectionStatus.Disconnected, end));
        Assert.False(use.Look(ConnectionStatus.Connecting, null));
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task IsInUse_OfARealConnection_FollowsItThroughDropAndEnd()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Session.IsInUseOverride = null;
        var use = new RenewableSession(fixture.Session);
        Assert.False(use.IsInUse);
        await fixture.Session.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(use.IsInUse);
        fixture.Emulator.HostFaults.RefuseUpgrades(1_000);
        fixture.Emulator.HostFaults.Cut();
        await ConnectionHarness.UntilAsync(() => fixture.Session.ConnectionStatus == ConnectionStatus.Reconnecting);
        Assert.True(use.IsInUse);
        await fixture.Session.DisconnectAsync(TestContext.Current.CancellationToken);
        Assert.False(use.IsInUse);
    }
}
