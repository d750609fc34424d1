using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunGoodbyeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SessionStopped", RenderingConnectionReason.SessionStopped, 1)]
    [InlineData("LeaseExpired", RenderingConnectionReason.LeaseExpired, 1)]
    [InlineData("SessionFailed", RenderingConnectionReason.SessionFailed, 1)]
    [InlineData("TakenOver", RenderingConnectionReason.TakenOver, 0)]
    [InlineData("Maintenance", RenderingConnectionReason.Maintenance, 0)]
    [InlineData("LinkSuperseded", RenderingConnectionReason.LinkSuperseded, 0)]
    [InlineData("SomethingNew", RenderingConnectionReason.ConnectionLost, 0)]
    public async Task Goodbye_WithoutComeBack_EndsWithItsReason(string word, RenderingConnectionReason reason, int confirmations)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.Say($$$"""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"{{{word}}}","comeBack":false,"afterMs":0}}""");
        RenderingConnectionEnd end = await harness.EndAsync();

        Assert.Equal(reason, end.Reason);
        await ConnectionHarness.Within(harness.Run.Over);
        Assert.Equal(1, harness.Host.Attempts);
        Assert.Equal(confirmations, harness.Environment.Confirmations);
    }

    [Fact]
    public async Task Goodbye_WithComeBack_ComesBackNotEarlierThanAsked()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":0,"retryAfterMs":2000}}""");
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Assert.Equal(RenderingConnectionReason.Maintenance, harness.LastChange.Reason);
        Assert.Equal(TimeSpan.FromSeconds(2), harness.LastChange.RetryAfter);
        await harness.WaitForBackoffAsync();
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(1, harness.Host.Attempts);

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Goodbye_WithADelay_IsAnnouncedAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":30000,"retryAfterMs":"""
                + """45000}}""");
        RenderingConnectionChange announced =
            await ConnectionHarness.Within(harness.Controller.WaitForChangeAsync(harness.Run.Span, 2, Token));

        Assert.Equal(
            (3, ConnectionStatus.Connected, ConnectionStatus.Connected), (announced.Number, announced.OldStatus, announced.Status));
        Assert.Equal(RenderingConnectionReason.Maintenance, announced.Reason);
        Assert.Equal(TimeSpan.FromSeconds(30), announced.EndsIn);
        Assert.Equal(TimeSpan.FromSeconds(45), announced.RetryAfter);
        Assert.True(announced.SceneKept);
        Assert.Equal("still here", await ConnectionHarness.Within(harness.EchoAsync("still here")));

        await harness.Time.PassAsync(TimeSpan.FromSeconds(4));
        harness.Host.Link.SayClose(1000);
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Assert.Equal((4, RenderingConnectionReason.Maintenance), (harness.LastChange.Number, harness.LastChange.Reason));
        Assert.Null(harness.LastChange.EndsIn);
    }

    [Theory]
    [InlineData("TakenOver", false, 60_000)]
    [InlineData("Maintenance", true, 600_000)]
    public async Task Goodbye_WithADelay_AndTheWireDropsLongBefore_IsADropLikeAnyOther(string word, bool comeBack, int afterMs)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.Say(
            $$$"""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"{{{word}}}","comeBack":"""
                + $$$"""{{{(comeBack ? "true" : "false")}}},"afterMs":{{{afterMs}}},"retryAfterMs":{{{afterMs}}}}}""");
        await ConnectionHarness.Within(harness.EchoAsync("heard"));
        await harness.Time.PassAsync(TimeSpan.FromSeconds(1));

        harness.Host.Link.Cut();

        Assert.Equal(RenderingConnectionReason.ConnectionLost, (await harness.WaitForAsync(ConnectionStatus.Reconnecting)).Reason);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(10));
        Assert.True(harness.LastChange.SceneKept);
    }

    [Fact]
    public async Task Goodbye_WithADelayAndATimeToComeBack_CountsItFromWhenItWasSaid()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":3000,"retryAfterMs":"""
                + """5000}}""");
        await ConnectionHarness.Within(harness.EchoAsync("heard"));
        await harness.Time.PassAsync(TimeSpan.FromSeconds(3));

        harness.Host.Link.SayClose(1001);

        Assert.Equal(TimeSpan.FromSeconds(2), (await harness.WaitForAsync(ConnectionStatus.Reconnecting)).RetryAfter);
    }

    [Fact]
    public async Task Goodbye_RightBehindTheBindAnswer_IsAnnouncedAfterTheConnect()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.OnBound = static link => link.Say(
            """{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"TakenOver","comeBack":false,"afterMs":3000}}""");
        await ConnectionHarness.Within(harness.Begin());

        RenderingConnectionChange announced =
            await ConnectionHarness.Within(harness.Controller.WaitForChangeAsync(harness.Run.Span, 2, Token));

        Assert.Equal(
            (3, ConnectionStatus.Connected, RenderingConnectionReason.TakenOver), (announced.Number, announced.Status, announced.Reason));
        Assert.Equal(TimeSpan.FromSeconds(3), announced.EndsIn);
    }

    [Fact]
    public async Task Goodbye_WithADelay_KeepsTheLinkUntilTheHostCloses()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"TakenOver","comeBack":false,"afterMs":3000}}""");

        Assert.Equal("still here", await ConnectionHarness.Within(harness.EchoAsync("still here")));
        harness.Host.Link.SayClose(4409);

        Assert.Equal(RenderingConnectionReason.TakenOver, (await harness.EndAsync()).Reason);
    }

    [Fact]
    public async Task Goodbye_WithADelay_EndsAlsoWhenTheHostForgetsToClose()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"TakenOver","comeBack":false,"afterMs":3000}}""");
        await ConnectionHarness.Within(harness.EchoAsync("after the goodbye"));

        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(4000));

        Assert.Equal(RenderingConnectionReason.TakenOver, (await harness.EndAsync()).Reason);
    }

    [Theory]
    [InlineData(4400, RenderingConnectionReason.ProtocolError)]
    [InlineData(1009, RenderingConnectionReason.MessageTooLarge)]
    [InlineData(4409, RenderingConnectionReason.LinkSuperseded)]
    public async Task Close_ThatIsFinal_Ends(int code, RenderingConnectionReason reason)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.SayClose(code);

        Assert.Equal(reason, (await harness.EndAsync()).Reason);
    }

    [Theory]
    [InlineData(1000, RenderingConnectionReason.ConnectionLost)]
    [InlineData(1001, RenderingConnectionReason.ConnectionLost)]
    [InlineData(1011, RenderingConnectionReason.InternalError)]
    [InlineData(4408, RenderingConnectionReason.ConnectionLost)]
    public async Task Close_ThatIsNot_Reconnects(int code, RenderingConnectionReason reason)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.SayClose(code);
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        Assert.Equal(reason, harness.LastChange.Reason);
    }

    [Fact]
    public async Task Close_TokenRanOut_ComesBackAtOnceWithAnotherToken()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.SayClose(4401);
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.WaitForAsync(ConnectionStatus.Connected);

        Assert.Equal("token-2", harness.Host.Contexts[1].AccessToken);
    }
}
