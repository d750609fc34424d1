using System.Collections.Concurrent;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>Bugs of others about what an application is told.</summary>
public sealed class ObserverMuseumTests
{
    /// <summary>ARR had two status callbacks that disagreed, and came in three different orders.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Museum", "M04")]
    [ExpectedLog("SessionEnded", "ConnectionGivenUp")]
    public async Task StopOverRest_WhileConnected_GivesOneOrderedListWhoeverNoticesFirst(bool wireFirst)
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        MuseumDevice device = await museum.ConnectedAsync(new RenderingConnectionOptions { PumpCallbacks = true });
        if (wireFirst)
        {
            museum.Emulator.StopSession(device.Session.SessionUuid);
            await ConnectionHarness.Within(device.Connection.Completion);
            await device.Session.GetPropertiesAsync();
        }
        else
        {
            await ConnectionHarness.Within(device.Session.StopAsync());
        }

        await ConnectionHarness.Within(device.Session.DisconnectAsync());
        device.Session.UpdateConnection();
        var streamed = new List<RenderingConnectionChange>();
        await foreach (RenderingConnectionChange change in device.Connection.Changes)
        {
            streamed.Add(change);
        }

        Assert.Equal(
            [ConnectionStatus.Connecting, ConnectionStatus.Connected, ConnectionStatus.Disconnected],
            streamed.Select(change => change.Status));
        Assert.Equal(streamed, device.Told);
        Assert.Equal(RenderingConnectionReason.SessionStopped, streamed[^1].Reason);
        Assert.Equal(streamed[^1], (await device.Connection.Completion).Change);
    }

    /// <summary>ARR's IsConnected was true for a frame before the handshake was done.</summary>
    [Fact]
    [Trait("Museum", "M05")]
    public async Task IsConnected_BeforeTheHostHasBound_IsFalse()
    {
        var host = new FakeHost { IsDeafToBind = true };
        await using RenderingSession session = await ScriptedSession.OpenAsync(host);
        Task<RenderingConnection> connecting = session.ConnectAsync();
        Assert.False(session.IsConnected);
        await ConnectionHarness.UntilAsync(() => host.Binds.Count == 1);

        Assert.False(session.IsConnected);
        Assert.Null(session.Connection);
        Assert.Equal(ConnectionStatus.Connecting, session.ConnectionStatus);
        host.IsDeafToBind = false;
        host.Link.Say(
            """{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":1,"link":1,"resumed":false,"sceneKept":false,"received":"""
                + """0,"graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000}}""");
        await ConnectionHarness.Within(connecting);

        Assert.True(session.IsConnected);
        Assert.NotNull(session.Connection);
    }

    /// <summary>NATS reported four failed attempts, all alike, and then was failed without a word.</summary>
    [Fact]
    [Trait("Museum", "M16")]
    [Trait("Museum", "R4")]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task PeerGone_TheEndIsAnEventOfItsOwn()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        var policy = new ExponentialReconnectPolicy { FirstDelay = TimeSpan.Zero, MaxDelay = TimeSpan.FromTicks(1), MaxAttempts = 2 };
        MuseumDevice device = await museum.ConnectedAsync(new RenderingConnectionOptions { ReconnectPolicy = policy });
        var lost = new TaskCompletionSource();
        device.Connection.Lost.Register(lost.SetResult);
        device.Transport.IsUnplugged = true;

        museum.HostFaults.Cut();
        await museum.Time.PassUntilAsync(() => device.Connection.Completion.IsCompleted);

        await ConnectionHarness.UntilAsync(() => device.Told.Count == 4);
        Assert.Equal(
            [ConnectionStatus.Connecting, ConnectionStatus.Connected, ConnectionStatus.Reconnecting, ConnectionStatus.Disconnected],
            device.Told.Select(change => change.Status));
        Assert.Equal(RenderingConnectionReason.HandshakeNetworkUnreachable, device.Told.Last().Reason);
        Assert.True(device.Told.Last().IsTerminal);
        await ConnectionHarness.Within(lost.Task);
        Assert.Equal(3, device.Transport.Attempts);
    }

    /// <summary>SignalR began the Reconnected handler while the Reconnecting handler still ran, every time.</summary>
    [Fact]
    [Trait("Museum", "R6")]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task SlowHandler_TheNextOneWaitsForIt()
    {
        using var mayEnd = new ManualResetEventSlim();
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        MuseumDevice device = await museum.ConnectedAsync();
        await ConnectionHarness.UntilAsync(() => device.Told.Count == 2);
        var seen = new ConcurrentQueue<string>();
        device.Session.ConnectionStatusChanged += (_, arguments) =>
        {
            seen.Enqueue("begin " + arguments.Status);
            mayEnd.Wait(ConnectionHarness.Patience);
            seen.Enqueue("end " + arguments.Status);
        };

        museum.HostFaults.Cut();
        await ConnectionHarness.UntilAsync(() => seen.Count == 1);
        device.Connection.ReconnectNow();
        await device.WithinNextAsync(ConnectionStatus.Connected, 3);
        await Quiescence.WaitAsync(blocked: 1);
        Assert.Equal(["begin Reconnecting"], seen);
        Assert.True(device.Session.IsConnected);
        mayEnd.Set();

        await ConnectionHarness.UntilAsync(() => seen.Count == 4);
        Assert.Equal(["begin Reconnecting", "end Reconnecting", "begin Connected", "end Connected"], seen);
    }

    /// <summary>The same with asynchronous work: the reader of the stream takes the next change when it is ready for it.</summary>
    [Fact]
    [Trait("Museum", "R6")]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task SlowReaderOfChanges_TheNextChangeWaitsForIt()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        MuseumDevice device = await museum.ConnectedAsync();
        await using IAsyncEnumerator<RenderingConnectionChange> changes = device.Connection.GetChangesAsync(2)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        museum.HostFaults.Cut();
        Assert.True(await ConnectionHarness.Within(changes.MoveNextAsync().AsTask()));
        Assert.Equal(ConnectionStatus.Reconnecting, changes.Current.Status);
        device.Connection.ReconnectNow();
        await device.WithinNextAsync(ConnectionStatus.Connected, 3);

        Assert.Equal(ConnectionStatus.Reconnecting, changes.Current.Status);
        Assert.True(await ConnectionHarness.Within(changes.MoveNextAsync().AsTask()));
        Assert.Equal((4, ConnectionStatus.Connected), (changes.Current.Number, changes.Current.Status));
    }
}
