using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Diagnostics.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>One whole life of each kind of connection, as an application with the default level of the log sees it.</summary>
public class ConnectionLifeTests
{
    private const string Created = "Information SessionCreated: Created session s1: size Standard, lease 00:20:00.";
    private const string Ready = "Information SessionReady: Session s1 is ready on host localhost: lease 00:20:00.";
    private const string Connected = "Information ConnectionConnected: Connected to session s1.";
    private const string Back = "Information ConnectionBack: Reconnected to session s1; the host has kept the scene.";
    private const string Lost =
        "Warning ConnectionLinkLost: The link to the host of session s1 was lost: ConnectionLost. The link to the emulated host is lost. "
        + "Reconnecting.";
    private const string Stopped = "Information SessionStopped: This client stopped session s1.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task LinkLost_AndBack()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        life.Emulator.HostFaults.RefuseUpgrades(2);
        life.Emulator.HostFaults.Cut();
        await life.Time.PassUntilAsync(() => connection.LastChange is { Status: ConnectionStatus.Connected, Number: > 2 });
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(session, [], Created, Ready, Connected, Lost, Back, Stopped);
    }

    [Fact]
    public async Task NewLink_ThatTheAppAskedFor_IsNoWarning()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        Assert.True(connection.ReconnectNow());
        await life.Time.PassUntilAsync(() => connection.LastChange is { Status: ConnectionStatus.Connected, Number: > 2 });
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, [], Created, Ready, Connected,
            "Information ConnectionReconnecting: The application requested a new link to the host of session s1. Reconnecting.", Back,
            Stopped);
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task GivenUp_WithTheLastFailure()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync(
            options: new RenderingConnectionOptions { ReconnectPolicy = new ExponentialReconnectPolicy { MaxAttempts = 2 } });
        life.Emulator.HostFaults.RefuseUpgrades(100);
        life.Emulator.HostFaults.Cut();
        await life.RunAsync(connection.Completion);
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, [], Created, Ready, Connected, Lost,
            "Warning ConnectionGivenUp: The connection to session s1 ended: HandshakeFailed. The emulated host answered with status 503.",
            Stopped);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task OtherDevice_IsRefused_WithTheWordsOfTheHost()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        RenderingSession session = await life.ReadyAsync();
        RenderingSession other = await life.OtherClient().OpenRenderingSessionAsync("s1", Token);
        await life.RunAsync(other.ConnectAsync(cancellationToken: Token));
        await Assert.ThrowsAsync<RenderingConnectionException>(() => life.RunAsync(session.ConnectAsync(cancellationToken: Token)));
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.RunAsync(other.DisposeAsync().AsTask());
        await life.ExpectAsync(
            session, [], Created, Ready,
            "Warning ConnectionGivenUp: The connection to session s1 ended: OtherSessionConnected. Another device holds this session.",
            Stopped);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task TakenOver_IsTold()
    {
        await using LifeFixture life = await LifeFixture.StartAsync(static options => options.Host.AllowTakeOver = true);
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        RenderingSession other = await life.OtherClient().OpenRenderingSessionAsync("s1", Token);
        await life.RunAsync(other.ConnectAsync(new RenderingConnectionOptions { BindPolicy = RenderingBindPolicy.TakeOver }, Token));
        await life.RunAsync(connection.Completion);
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.RunAsync(other.DisposeAsync().AsTask());
        await life.ExpectAsync(
            session, [], Created, Ready, Connected,
            "Warning ConnectionGivenUp: The connection to session s1 ended: TakenOver. Another device took over the session.", Stopped);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task ClosedByTheHostForGood_IsToldWithItsCode()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        life.Emulator.HostFaults.Close(1008);
        await life.RunAsync(connection.Completion);
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            [],
            Created,
            Ready,
            Connected,
            "Warning ConnectionGivenUp: The connection to session s1 ended: HandshakeFailed. The host refused this device. It closed with "
                + "code 1008. Its message: closedByHost",
            Stopped);
    }

    [Fact]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task Restart_IsAnnounced_Lost_AndBack()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        life.Emulator.HostFaults.AnnounceRestart(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        await life.Time.PassUntilAsync(() => connection.LastChange is { Status: ConnectionStatus.Connected, EndsIn: null, Number: > 2 });
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            [],
            Created,
            Ready,
            Connected,
            "Information ConnectionEndAnnounced: The host of session s1 will end the link in 00:00:05: Maintenance.",
            "Warning ConnectionLinkLost: The link to the host of session s1 was lost: Maintenance. The host is being restarted. "
                + "Reconnecting.",
            Back,
            Stopped);
    }

    [Fact]
    public async Task ConnectThatIsCancelled_IsNoWarning()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        RenderingSession session = await life.ReadyAsync();
        life.Emulator.HostFaults.RefuseUpgrades(1_000);
        using var cancel = new CancellationTokenSource();
        Task<RenderingConnection> connecting = session.ConnectAsync(cancellationToken: cancel.Token);
        await life.Time.PassUntilAsync(() => session.ConnectionProgress.FailedAttempts > 0);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => life.RunAsync(connecting));
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, [], Created, Ready, "Information ConnectionEnded: The application ended the connection to session s1: Cancelled.",
            Stopped);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task HostSaysThatTheSessionEnded_AndTheServiceDoesNot_IsToldByTheConnection()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        life.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(503), 100);
        await life.OtherClient().StopSessionAsync("s1", Token);
        await life.RunAsync(connection.Completion);
        await life.Time.PassAsync(TimeSpan.FromMinutes(1));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, [], Created, Ready, Connected,
            "Warning ConnectionGivenUp: The connection to session s1 ended: SessionStopped. The session was stopped.");
    }
}
