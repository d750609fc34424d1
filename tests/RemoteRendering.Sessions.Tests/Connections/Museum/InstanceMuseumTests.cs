using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Storage;
using RemoteRendering.Sessions.Tests.Storage.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>
/// Two processes with one store: the older one threw the newer one out when its network came back, and two live ones took turns.
/// </summary>
public sealed class InstanceMuseumTests
{
    private static readonly RenderingConnectionOptions Once = new() { InitialConnectPolicy = RenderingReconnectPolicy.Never };
    private static readonly RenderingConnectionOptions TakeOver =
        new() { InitialConnectPolicy = RenderingReconnectPolicy.Never, BindPolicy = RenderingBindPolicy.TakeOver };

    [Fact]
    [Trait("Museum", "M23")]
    [Trait("BadDay", "this process was away while another one")]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task OlderProcess_ComesBackFromAnOutage_EndsAndTheNewerOneNoticesNothing()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        var store = new MemoryStore();
        MuseumDevice old = await museum.InstanceAsync(store);
        await old.ConnectAsync();
        museum.HostFaults.Cut();
        old.Transport.IsUnplugged = true;
        await old.WithinNextAsync(ConnectionStatus.Reconnecting, 2);
        MuseumDevice live = await museum.InstanceAsync(store);
        await live.ConnectAsync(Once);

        old.Transport.IsUnplugged = false;
        old.Connection.ReconnectNow();
        RenderingConnectionEnd end = await ConnectionHarness.Within(old.Connection.Completion);

        Assert.Equal(RenderingConnectionReason.LinkSuperseded, end.Reason);
        Assert.Equal(RenderingConnectionReason.LinkSuperseded, (await old.RefusedAsync()).Reason);
        await ConnectionHarness.Within(live.Connection.MeasureRoundTripAsync());
        Assert.Equal((2, 1), (live.Connection.Epoch, live.Connection.Link));
        Assert.Equal(2, museum.Count("bindAccepted"));
    }

    [Fact]
    [Trait("Museum", "M23")]
    [Trait("BadDay", "another process of the same device connects")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task TwoLiveProcesses_BothTryAgain_NeverTakeTurns()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        var store = new MemoryStore();
        MuseumDevice first = await museum.InstanceAsync(store);
        await first.ConnectAsync();
        MuseumDevice second = await museum.InstanceAsync(store);
        await second.ConnectAsync(Once);
        await ConnectionHarness.Within(first.Connection.Completion);

        for (int turn = 0; turn < 5; turn++)
        {
            Assert.Equal(RenderingConnectionReason.LinkSuperseded, (await first.RefusedAsync()).Reason);
        }

        Assert.True(second.Session.IsConnected);
        await ConnectionHarness.Within(second.Connection.MeasureRoundTripAsync());

        await first.ConnectAsync(TakeOver);
        Assert.Equal(RenderingConnectionReason.LinkSuperseded, (await ConnectionHarness.Within(second.Connection.Completion)).Reason);
        Assert.Equal(RenderingConnectionReason.LinkSuperseded, (await second.RefusedAsync()).Reason);
        Assert.True(first.Session.IsConnected);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task ProcessStartedAgain_WhileItsGhostIsStillBound_ConnectsAtOnce()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        var store = new MemoryStore();
        MuseumDevice ghost = await museum.InstanceAsync(store);
        await ghost.ConnectAsync();
        museum.HostFaults.GoHalfOpen();

        for (int start = 0; start < 3; start++)
        {
            MuseumDevice again = await museum.InstanceAsync(store);
            await again.ConnectAsync(Once);
            await ConnectionHarness.Within(again.Connection.MeasureRoundTripAsync());
        }
    }
}
