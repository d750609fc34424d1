using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>Bugs of others about links that fail.</summary>
public sealed class LinkMuseumTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// PixelStreaming and nats.zig reset their counters when the socket opened, so a host that opened and refused was asked for ever.
    /// </summary>
    [Fact]
    [Trait("Museum", "M14")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task SocketOpensThenDrops_AttemptsAreCountedAndTheLoopEnds()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero, Token);
        await using RenderingSession session = await CreateAsync(emulator);
        emulator.HostFaults.DropAfterAccept(int.MaxValue);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(session.ConnectAsync(Hasty(), Token)));

        Assert.Equal(RenderingConnectionReason.ConnectionLost, error.Reason);
        Assert.Equal(4, emulator.HostFaults.UpgradeCount);
    }

    [Fact]
    [Trait("Museum", "M14")]
    [Trait("BadDay", "host takes no more for now")]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task FullHost_AfterADrop_AttemptsAreCountedAndTheLoopEnds()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero, Token);
        await using RenderingSession session = await CreateAsync(emulator);
        RenderingConnection connection = await ConnectionHarness.Within(session.ConnectAsync(Hasty(), Token));
        emulator.HostFaults.RefuseBinds(int.MaxValue, HostRefusalReason.TooManyRequests, TimeSpan.FromMilliseconds(1));

        emulator.HostFaults.Cut();

        Assert.Equal(RenderingConnectionReason.TooManyRequests, (await ConnectionHarness.Within(connection.Completion)).Reason);
        Assert.Equal(1 + 3, emulator.HostFaults.UpgradeCount);
        emulator.HostFaults.RefuseBinds(0, HostRefusalReason.TooManyRequests);
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));
    }

    /// <summary>StackExchange.Redis took a quarter of an hour to notice a dead link on Linux, NATS takes four minutes.</summary>
    [Fact]
    [Trait("Museum", "M20")]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task HalfOpenLink_BothEndsNoticeWithin15Seconds()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        MuseumDevice device = await museum.ConnectedAsync();
        museum.HostFaults.GoHalfOpen();
        device.Transport.IsUnplugged = true;

        await museum.Time.PassAsync(TimeSpan.FromSeconds(15));

        RenderingConnectionChange lost = await device.WithinNextAsync(ConnectionStatus.Reconnecting, 2);
        Assert.Equal(RenderingConnectionReason.HostUnresponsive, lost.Reason);
        await ConnectionHarness.UntilAsync(() => museum.Count("linkLost") == 1);
    }

    /// <summary>WireMock.Net's state did not advance when the client had gone meanwhile.</summary>
    [Fact]
    [Trait("Museum", "M21")]
    public async Task ClientGivesUp_TheHostHasDoneItAllTheSame()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        MuseumDevice device = await museum.ConnectedAsync();
        museum.HostFaults.Hold(HostFaultDirection.ToClient);
        using var patience = new CancellationTokenSource();
        Task<TimeSpan> given = device.Connection.MeasureRoundTripAsync(patience.Token);
        await ConnectionHarness.UntilAsync(() => museum.Count("requestFinished") == 1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(given));
        museum.HostFaults.Release();
        await ConnectionHarness.Within(device.Connection.MeasureRoundTripAsync(Token));
        Assert.Equal(2, museum.Count("requestStarted"));
    }

    /// <summary>A SignalR client ended for good when the server aborted its connection.</summary>
    [Fact]
    [Trait("Museum", "R7")]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task ServerAborts_RightAfterTheConnect_TheClientComesBack()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero, Token);
        await using RenderingSession session = await CreateAsync(emulator);
        emulator.HostFaults.CutAfterBind(TimeSpan.Zero, count: 1);

        RenderingConnection connection = await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));

        RenderingConnectionChange change = connection.LastChange;
        while (emulator.HostFaults.UpgradeCount < 2 || change.Status != ConnectionStatus.Connected)
        {
            Assert.False(change.IsTerminal, change.ToString());
            change = await ConnectionHarness.Within(connection.WaitForChangeAsync(change.Number, Token));
        }

        await ConnectionHarness.Within(connection.MeasureRoundTripAsync(Token));
        Assert.Equal(2, emulator.HostFaults.UpgradeCount);
    }

    private static RenderingConnectionOptions Hasty()
    {
        var policy = new ExponentialReconnectPolicy
        {
            FirstDelay = TimeSpan.FromMilliseconds(1),
            InitialDelay = TimeSpan.FromMilliseconds(1),
            MaxAttempts = 3
        };
        return new RenderingConnectionOptions { InitialConnectPolicy = policy, ReconnectPolicy = policy };
    }

    private static Task<RenderingSession> CreateAsync(SessionEmulator emulator)
        => emulator.CreateClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard), Token);
}
