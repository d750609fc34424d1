using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>Bugs of others about who holds a session.</summary>
public sealed class HolderMuseumTests
{
    /// <summary>
    /// ARR refused the device itself after a drop, for the time-out of its own ghost; PixelStreaming kept ghosts of laptops that slept.
    /// </summary>
    [Fact]
    [Trait("Museum", "M03")]
    [ExpectedLog("ConnectionLinkLost")]
    public async Task HalfOpenHolder_SameDevice_ResumesAtOnceWithItsScene()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync();
        MuseumDevice device = await museum.ConnectedAsync();
        DateTimeOffset before = museum.Time.GetUtcNow();
        museum.HostFaults.GoHalfOpen();

        Assert.True(device.Connection.ReconnectNow());
        RenderingConnectionChange back = await device.WithinNextAsync(ConnectionStatus.Connected, 2);

        Assert.True(back.SceneKept);
        Assert.Equal((1, 2), (device.Connection.Epoch, device.Connection.Link));
        Assert.Equal(before, museum.Time.GetUtcNow());
    }

    [Fact]
    [Trait("Museum", "M03")]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task HalfOpenHolder_OtherDevice_IsToldWhenAndGetsTheSlotWithinTheBound()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync(behavior => behavior.ReleaseOnDisconnect = true);
        MuseumDevice ghost = await museum.ConnectedAsync();
        MuseumDevice other = await museum.DeviceAsync();
        museum.HostFaults.GoHalfOpen();
        ghost.Transport.IsUnplugged = true;
        await museum.Time.PassAsync(TimeSpan.FromSeconds(6));

        RenderingConnectionException busy = await other.RefusedAsync();
        await museum.Time.PassAsync(busy.RetryAfter!.Value);
        RenderingConnection connection = await other.ConnectAsync();

        Assert.Equal(RenderingConnectionReason.OtherSessionConnected, busy.Reason);
        Assert.Equal(2, connection.Epoch);

        // Keep-alive, dead-after and grace.
        Assert.InRange(TimeSpan.FromSeconds(6) + busy.RetryAfter.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5 + 15 + 60));
    }

    /// <summary>A session receiver whose transport was reset went on with its work while the next holder had begun.</summary>
    [Fact]
    [Trait("Museum", "M10")]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp")]
    public async Task TransportReset_HolderIsToldBeforeASecondOneMayStart()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync(behavior => behavior.ReleaseOnDisconnect = true);
        MuseumDevice first = await museum.ConnectedAsync();
        MuseumDevice second = await museum.DeviceAsync();

        // The host hears the device for the last time at 0 s, the device the host at 5 s: it notices later.
        await museum.Time.PassAsync(TimeSpan.FromSeconds(1));
        museum.HostFaults.GoHalfOpen(RemoteRendering.Sessions.Emulator.HostFaultDirection.ToHost);
        int received = first.Transport.Received;
        await museum.Time.PassAsync(TimeSpan.FromSeconds(4));
        await ConnectionHarness.UntilAsync(() => first.Transport.Received > received);
        museum.HostFaults.GoHalfOpen();
        first.Transport.IsUnplugged = true;

        while (true)
        {
            await museum.Time.PassAsync(TimeSpan.FromSeconds(1));
            if (museum.Time.GetUtcNow().Second is 25)
            {
                await first.WithinNextAsync(ConnectionStatus.Reconnecting, 2);
            }

            try
            {
                await second.ConnectAsync(new RenderingConnectionOptions { InitialConnectPolicy = RenderingReconnectPolicy.Never });
                break;
            }
            catch (RenderingConnectionException busy)
            {
                Assert.Equal(RenderingConnectionReason.OtherSessionConnected, busy.Reason);
            }
        }

        Assert.False(first.Session.IsConnected);
        await ConnectionHarness.UntilAsync(() => first.Told.Any(change => change.Status == ConnectionStatus.Reconnecting));
    }

    [Fact]
    [Trait("Museum", "M10")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task TakeOver_HolderIsToldWhileItStillHolds()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync(behavior => behavior.AllowTakeOver = true);
        MuseumDevice holder = await museum.ConnectedAsync();
        MuseumDevice taker = await museum.DeviceAsync();
        Task<RenderingConnection> taking = taker.ConnectAsync(
            new RenderingConnectionOptions { BindPolicy = RenderingBindPolicy.TakeOver, DrainTime = TimeSpan.FromSeconds(10) });

        RenderingConnectionChange announced = await ConnectionHarness.Within(holder.Connection.WaitForChangeAsync(2));

        Assert.Equal((ConnectionStatus.Connected, RenderingConnectionReason.TakenOver), (announced.Status, announced.Reason));
        Assert.Equal(TimeSpan.FromSeconds(10), announced.EndsIn);
        Assert.False(taking.IsCompleted);
        await ConnectionHarness.Within(holder.Connection.MeasureRoundTripAsync());
        await museum.Time.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await taking).Epoch);
        Assert.Equal(RenderingConnectionReason.TakenOver, (await ConnectionHarness.Within(holder.Connection.Completion)).Reason);
    }

    /// <summary>A process that was paused for longer than its lock wrote all the same when it woke.</summary>
    [Fact]
    [Trait("Museum", "M17")]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task PausedHolder_WakesAfterItsBindingWasGivenAway_ItsFramesHaveNoEffect()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync(behavior => behavior.AllowTakeOver = true);
        MuseumDevice paused = await museum.ConnectedAsync();
        MuseumDevice taker = await museum.DeviceAsync();
        museum.HostFaults.Hold();
        Task<TimeSpan> late = paused.Connection.MeasureRoundTripAsync();
        await taker.ConnectAsync(new RenderingConnectionOptions { BindPolicy = RenderingBindPolicy.TakeOver });

        museum.HostFaults.Release();

        await ConnectionHarness.UntilAsync(() => museum.Count("frameFenced") == 1);
        Assert.Equal(0, museum.Count("requestStarted"));
        await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(late));
        Assert.Equal(RenderingConnectionReason.TakenOver, (await ConnectionHarness.Within(paused.Connection.Completion)).Reason);
        await ConnectionHarness.Within(taker.Connection.MeasureRoundTripAsync());
    }

    /// <summary>A leader election kept its lease after a graceful release, so the next holder waited for it to run out.</summary>
    [Fact]
    [Trait("Museum", "M18")]
    public async Task Disconnect_FreesTheSlotAtOnce()
    {
        await using MuseumFixture museum = await MuseumFixture.StartAsync(behavior => behavior.ReleaseOnDisconnect = true);
        MuseumDevice first = await museum.ConnectedAsync();
        MuseumDevice second = await museum.DeviceAsync();

        await ConnectionHarness.Within(first.Session.DisconnectAsync());

        Assert.Equal(
            2, (await second.ConnectAsync(new RenderingConnectionOptions { InitialConnectPolicy = RenderingReconnectPolicy.Never })).Epoch);
    }
}
