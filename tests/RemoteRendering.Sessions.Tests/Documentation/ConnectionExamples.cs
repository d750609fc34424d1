using System.Collections.Concurrent;
using System.Threading.Channels;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Storage;
using RemoteRendering.Sessions.Tests.Storage.Support;
using RemoteRendering.Sessions.Tests.Transports.Samples;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>The examples of the pages about connections and transports, run.</summary>
public class ConnectionExamples
{
    /// <summary>SignalR's page showed a loop that gave up after the first failure.</summary>
    [Fact]
    [Trait("Museum", "M22")]
    [ExpectedLog("ConnectionLinkLost", "SessionEnded", "ConnectionGivenUp")]
    public async Task Following_HostNotThereYetThenDroppedThenStopped_GoesTheWholeWay()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero);
        await using RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard));
        var said = new ConcurrentQueue<string>();
        emulator.HostFaults.RefuseUpgrades(3);

        Task following = FollowAsync(session, said.Enqueue, TestContext.Current.CancellationToken);
        await ConnectionHarness.UntilAsync(() => said.Count == 1 || following.IsCompleted);
        emulator.HostFaults.Inject(
            """{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":30000}}""");
        await ConnectionHarness.UntilAsync(() => said.Count == 2 || following.IsCompleted);
        emulator.HostFaults.Cut();
        await ConnectionHarness.UntilAsync(() => said.Count == 4 || following.IsCompleted);
        emulator.StopSession(session.SessionUuid);
        await ConnectionHarness.Within(following);

        Assert.Equal(
            ["Building the scene.", "The host ends in 00:00:30: Maintenance", "Waiting: ConnectionLost", "Back.", "Over: SessionStopped"],
            said);
    }

    [Fact]
    public async Task ChannelTransport_IsUsedByAClient()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(emulator => emulator.BootTime = TimeSpan.Zero);
        var own = new RemoteRenderingClientOptions();
        emulator.Configure(own);
        var relay = new ChannelRelay(own.ConnectionTransport!);
        Action<RenderingTransportContext, ChannelReader<ChannelMessage>, ChannelWriter<ChannelMessage>> accept = relay.Accept;

        // snippet: channel-client
        var options = new RemoteRenderingClientOptions { ConnectionTransport = new ChannelTransport(accept) };
        // end snippet

        RenderingSession session = await emulator.CreateClient(options).CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard));
        RenderingConnection connection = await session.ConnectAsync();
        await connection.MeasureRoundTripAsync();
        await session.DisposeAsync();
        await ConnectionHarness.Within(relay.WhenAll());
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task Superseded_AsksAndTakesTheSessionBack()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero);
        var store = new MemoryStore();
        RenderingSession first = await emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = store })
            .CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard));
        RenderingConnection lost = await first.ConnectAsync();
        RenderingSession second =
            (await emulator.CreateClient(new RemoteRenderingClientOptions { SessionStore = store }).OpenLastRenderingSessionAsync())!;
        await second.ConnectAsync();
        await ConnectionHarness.Within(lost.Completion);

        RenderingConnection? no = await ConnectOrAskAsync(first, _ => Task.FromResult(false), TestContext.Current.CancellationToken);
        RenderingConnection? yes = await ConnectOrAskAsync(first, _ => Task.FromResult(true), TestContext.Current.CancellationToken);

        Assert.Null(no);
        await yes!.MeasureRoundTripAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private static async Task<RenderingConnection?> ConnectOrAskAsync(
        RenderingSession session, Func<string, Task<bool>> askUser, CancellationToken cancellationToken)
    {
        // snippet: superseded
        try
        {
            return await session.ConnectAsync(cancellationToken: cancellationToken);
        }
        catch (RenderingConnectionException exception) when (exception.Reason == RenderingConnectionReason.LinkSuperseded)
        {
            if (!await askUser("The session is open in another window. Use it here?"))
            {
                return null;
            }

            return await session.ConnectAsync(
                new RenderingConnectionOptions { BindPolicy = RenderingBindPolicy.TakeOver }, cancellationToken);
        }
        // end snippet
    }

    private static async Task FollowAsync(RenderingSession session, Action<string> say, CancellationToken cancellationToken)
    {
        // snippet: following
        var options = new RenderingConnectionOptions
        {
            // Until it is cancelled, instead of four attempts.
            InitialConnectPolicy = RenderingReconnectPolicy.Default,
        };
        RenderingConnection connection = await session.ConnectAsync(options, cancellationToken);
        await foreach (RenderingConnectionChange change in connection.GetChangesAsync(0, cancellationToken))
        {
            switch (change.Status)
            {
                case ConnectionStatus.Connected when change.EndsIn is TimeSpan rest:
                    say($"The host ends in {rest}: {change.Reason}");
                    break;
                case ConnectionStatus.Connected:
                    say(change.SceneKept ? "Back." : "Building the scene.");
                    break;
                case ConnectionStatus.Reconnecting:
                    say($"Waiting: {change.Reason}");
                    break;
                case ConnectionStatus.Disconnected:
                    say($"Over: {change.Reason}");
                    break;
            }
        }
        // end snippet
    }
}
