using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Diagnostics.Support;
using RemoteRendering.Sessions.Tests.Observation;
using RemoteRendering.Sessions.Tests.Observation.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>
/// One whole life of each kind, as an application with the default level of the log sees it: each event once, the application's own stop
/// never as a warning and never as a loss.
/// </summary>
public class SessionLifeTests
{
    private const string Created = "Information SessionCreated: Created session s1: size Standard, lease 00:20:00.";
    private const string Ready = "Information SessionReady: Session s1 is ready on host localhost: lease 00:20:00.";
    private const string Connected = "Information ConnectionConnected: Connected to session s1.";
    private const string Stopped = "Information SessionStopped: This client stopped session s1.";
    private const string Disconnected =
        "Information ConnectionEnded: The application ended the connection to session s1: DisconnectRequest.";
    private const string Failed = "Warning SessionEnded: Session s1 ended: Failed. HostLost: The rendering host was lost.";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Stops => new() { "handle", "client", "while a stop is repeated", "watched and renewed" };

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task CreatedReadyConnectedStopped(string way)
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        await using var reader = new WatchReader(session.WatchAsync);
        if (way == "watched and renewed")
        {
            session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        }

        await life.RunAsync(way == "client" ? life.Client.StopSessionAsync("s1", Token) : session.StopAsync(Token));
        if (way == "while a stop is repeated")
        {
            await life.RunAsync(session.StopAsync(Token));
            await life.RunAsync(life.Client.StopSessionAsync("s1", Token));
        }

        await life.RunAsync(connection.Completion);
        await life.RunAsync(session.GetPropertiesAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(session, [], Created, Ready, Connected, Stopped);
    }

    [Fact]
    public async Task StoppedById_WithoutAHandle()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        await life.OtherClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(Minute, RenderingSessionVmSize.Standard) { SessionId = "s1" }, Token);
        await life.Client.StopSessionAsync("s1", Token);
        await life.Client.StopSessionAsync("s1", Token);
        await life.ExpectAsync(null, [], Stopped);
    }

    [Fact]
    public async Task CreatedTwice_IsFoundTheSecondTime()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        await life.CreateAsync();
        RenderingSession session = await life.CreateAsync();
        await session.StopAsync(Token);
        await life.ExpectAsync(
            session,
            [],
            Created,
            "Information SessionFound: Session s1 already existed when it was to be created, from an earlier call or an earlier try of "
                + "this one: size Standard, status Starting.",
            Stopped);
    }

    [Fact]
    public async Task DisposedWithStopOnDispose()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        RenderingSession session = await life.ReadyAsync(stopOnDispose: true);
        await life.RunAsync(
            session.ConnectAsync(new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(1)) }, Token));
        await life.RunAsync(session.DisposeAsync().AsTask());
        await life.ExpectAsync(
            session,
            [],
            Created,
            Ready,
            Connected,
            "Information LeaseRenewalStopped: This client stopped lease renewal for session s1. Lease: 00:20:00, between X and Y left.",
            Disconnected,
            Stopped);
    }

    [Fact]
    public async Task Opened_TellsOnlyWhatHappensFromThereOn()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        await life.OtherClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(20 * Minute, RenderingSessionVmSize.Standard) { SessionId = "s1" }, Token);
        RenderingSession session = await life.Client.OpenRenderingSessionAsync("s1", Token);
        await life.RunAsync(session.WaitUntilReadyAsync(cancellationToken: Token));
        await life.RunAsync(session.ConnectAsync(cancellationToken: Token));
        await life.RunAsync(session.DisconnectAsync(Token));
        await session.StopAsync(Token);
        await session.DisposeAsync();
        await life.Client.OpenRenderingSessionAsync("s1", Token);
        await life.ExpectAsync(session, [], Ready, Connected, Disconnected, Stopped);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task BootFailed()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        life.Emulator.FailNextStart();
        RenderingSession session = await life.CreateAsync();
        await Assert.ThrowsAsync<RenderingSessionEndedException>(
            () => life.RunAsync(session.WaitUntilReadyAsync(cancellationToken: Token)));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, [], Created,
            "Warning SessionEnded: Session s1 ended: Failed. StartupFailed: The rendering host could not be started.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [ExpectedLog("SessionEnded")]
    public async Task HostLost_IsToldOnce_HoweverManyListen(bool isRenewed)
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        await using var one = new WatchReader(session.WatchAsync);
        await using var two = new WatchReader(session.WatchAsync);
        if (isRenewed)
        {
            session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        }

        life.Emulator.LoseHost("s1");
        await life.RunAsync(connection.Completion);
        await life.Time.PassAsync(Minute);
        await session.DisposeAsync();
        await life.ExpectAsync(session, isRenewed ? ["SessionEnded"] : [], Created, Ready, Connected, Failed);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task StoppedElsewhere()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        await life.OtherClient().StopSessionAsync("s1", Token);
        await life.RunAsync(connection.Completion);
        await life.RunAsync(renewal.Completion);
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, ["SessionEnded"], Created, Ready, Connected,
            "Warning SessionEnded: Session s1 ended: StoppedElsewhere. Another client stopped it.");
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Forgotten_AndKnownAgain()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        life.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(404));
        await Assert.ThrowsAsync<RequestFailedException>(() => session.GetPropertiesAsync(Token));
        await life.RunAsync(connection.Completion);
        await life.RunAsync(renewal.Completion);
        await life.RunAsync(session.GetPropertiesAsync(Token));
        await session.StopAsync(Token);
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            ["SessionEnded"],
            Created,
            Ready,
            Connected,
            "Warning SessionEnded: Session s1 ended: Forgotten. The service no longer finds it.",
            "Information SessionKnownAgain: The service finds session s1 again, after it answered that there is none: status Ready.",
            Stopped);
    }
}
