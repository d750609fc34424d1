using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>What a change of this device's network does: it asks, drops nothing that is alive, and ends waits.</summary>
public sealed class NetworkChangeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    [Trait("BadDay", "this device's network changes")]
    public async Task Connected_TheLinkIsDead_UsableWithinASecond()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await harness.Time.PassAsync(Second);
        harness.Host.Link.SwallowsSent = true;
        DateTimeOffset change = harness.Time.GetUtcNow();

        harness.Environment.Network.Change();
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(100));
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(499));
        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RenderingConnectionReason.HostUnresponsive, (await harness.WaitForAsync(ConnectionStatus.Reconnecting)).Reason);
        await harness.WaitForAsync(ConnectionStatus.Connected);

        Assert.InRange(harness.Time.GetUtcNow() - change, TimeSpan.Zero, Second);
        Assert.Equal("back", await ConnectionHarness.Within(harness.EchoAsync("back")));
    }

    [Fact]
    public async Task Connected_TheLinkIsAlive_IsKept_WithOneQuestionForABurst()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await harness.Time.PassAsync(Second);

        for (int change = 0; change < 5; change++)
        {
            harness.Environment.Network.Change();
        }

        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(100));
        await ConnectionHarness.UntilAsync(() => harness.Host.Runs.Count == 1 && harness.Host.Link.HasHeardAll);
        for (int passed = 0; passed < 10; passed++)
        {
            await harness.Time.PassAsync(Second);
            await ConnectionHarness.SettleAsync();
            harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":0}}""");
            await ConnectionHarness.UntilAsync(() => harness.Host.Link.HasHeardAll);
        }

        Assert.Equal((ConnectionStatus.Connected, 1, 1), (harness.Status, harness.Host.Attempts, harness.Host.Runs.Count));
    }

    /// <summary>The first attempts to come back failed, and the next wait is long: the network is there again.</summary>
    [Fact]
    public async Task Reconnecting_TheWaitEnds()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new FixedPolicy(TimeSpan.FromSeconds(15));
        await harness.ConnectAsync();
        harness.Host.FailNext(new IOException("No network."));
        harness.Host.Link.Cut();
        await harness.WaitForNextAttemptAsync();
        await harness.WaitForBackoffAsync();
        await harness.Time.PassAsync(Second);
        DateTimeOffset change = harness.Time.GetUtcNow();

        harness.Environment.Network.Change();
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(100));
        await harness.WaitForAsync(ConnectionStatus.Connected);

        Assert.InRange(harness.Time.GetUtcNow() - change, TimeSpan.Zero, Second);
    }

    /// <summary>A dial that hangs on the network that is gone is given up.</summary>
    [Fact]
    public async Task Reconnecting_ADialThatHangs_IsGivenUp()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.DoNext(static async (_, token) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
            throw new InvalidOperationException("Never.");
        });
        harness.Host.Link.Cut();
        await harness.WaitForNextAttemptAsync();
        await ConnectionHarness.UntilAsync(() => harness.Host.Attempts == 2);
        DateTimeOffset change = harness.Time.GetUtcNow();

        harness.Environment.Network.Change();
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(100));
        await harness.WaitForAsync(ConnectionStatus.Connected);

        Assert.InRange(harness.Time.GetUtcNow() - change, TimeSpan.Zero, Second);
        Assert.Equal(3, harness.Host.Attempts);
    }

    /// <summary>A network that comes and goes must not become a storm at the host.</summary>
    [Fact]
    public async Task Reconnecting_ChangesWithoutEnd_StayWithinTheBudget()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Environment.Network.Change();
        for (int attempt = 0; attempt < 1000; attempt++)
        {
            harness.Host.FailNext(new IOException("No network."));
        }

        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        for (int passed = 0; passed < 100; passed++)
        {
            harness.Environment.Network.Change();
            await harness.Time.PassAsync(TimeSpan.FromMilliseconds(100));
            await ConnectionHarness.SettleAsync();
        }

        Assert.InRange(harness.Host.Attempts, 3, 21);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task SwitchedOff_OrUnknownToThePlatform_NothingIsWatched(bool isWatched, bool isMissing)
    {
        await using var harness = new ConnectionHarness();
        harness.Environment.Network.IsMissing = isMissing;
        harness.Options.WatchNetwork = isWatched;
        await harness.ConnectAsync();

        Assert.Equal(0, harness.Environment.Network.Listeners);
        Assert.Equal("works", await ConnectionHarness.Within(harness.EchoAsync("works")));
    }

    [Fact]
    public async Task Ended_NothingIsWatchedAnyMore()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        Assert.Equal(1, harness.Environment.Network.Listeners);
        harness.Environment.Network.Change();

        await ConnectionHarness.Within(harness.Run.DisconnectAsync(default));

        await ConnectionHarness.UntilAsync(() => harness.Environment.Network.Listeners == 0);
    }

    [Fact]
    public void Platform_SubscribedAndLeft_IsHarmless()
    {
        IDisposable? first = PlatformNetworkChanges.Instance.Subscribe(static () => { });
        IDisposable? second = PlatformNetworkChanges.Instance.Subscribe(static () => { });
        first?.Dispose();
        first?.Dispose();
        second?.Dispose();
        PlatformNetworkChanges.Instance.Subscribe(static () => { })?.Dispose();
    }

    private sealed class FixedPolicy(TimeSpan delay) : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context) => delay;
    }
}
