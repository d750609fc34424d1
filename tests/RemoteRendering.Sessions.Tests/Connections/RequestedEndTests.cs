using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>The end of a connection says whether the application asked for it, in whichever way.</summary>
public class RequestedEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Ends => new()
    {
        { "disconnect", true },
        { "dispose", true },
        { "stop the handle", true },
        { "stop by id", true },
        { "stop on another client", false },
        { "lose the host", false },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    [ExpectedLog("SessionEnded", "ConnectionGivenUp")]
    public async Task Completion_AndTheLastChange_SayWhoAsked(string way, bool isRequested)
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RenderingSession session = await emulator.CreateClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard), Token);
        RenderingConnection connection = await session.ConnectAsync(cancellationToken: Token);
        switch (way)
        {
            case "disconnect":
                await session.DisconnectAsync(Token);
                break;
            case "dispose":
                await session.DisposeAsync();
                break;
            case "stop the handle":
                await session.StopAsync(Token);
                break;
            case "stop by id":
                await session.Client.StopSessionAsync(session.SessionUuid, Token);
                break;
            case "stop on another client":
                await emulator.CreateClient().StopSessionAsync(session.SessionUuid, Token);
                break;
            default:
                emulator.LoseHost(session.SessionUuid);
                break;
        }

        RenderingConnectionEnd end = await ConnectionHarness.Within(connection.Completion);
        Assert.True(end.IsRequested == isRequested && end.Change.IsRequested == isRequested, end.ToString());
        await session.DisposeAsync();
    }

    [Fact]
    public async Task Changes_BeforeTheEnd_AreNotRequested()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.BootTime = TimeSpan.Zero);
        RenderingSession session = await emulator.CreateClient()
            .CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Standard), Token);
        var changes = new List<RenderingConnectionChange>();
        session.ConnectionStatusChanged += (_, change) => changes.Add(change.Change);
        RenderingConnection connection = await session.ConnectAsync(cancellationToken: Token);
        await session.StopAsync(Token);
        await ConnectionHarness.Within(connection.Completion);
        await ConnectionHarness.UntilAsync(() => changes.Count > 0 && changes[^1].IsTerminal);
        Assert.Single(changes, static change => change.IsRequested);
        await session.DisposeAsync();
    }
}
