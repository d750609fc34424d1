using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunMessageTests
{
    [Fact]
    public async Task Idle_SendsKeepAliveWithWhatIsAnswered()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await ConnectionHarness.Within(harness.EchoAsync("one"));

        await harness.Time.PassAsync(TimeSpan.FromSeconds(5));
        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":1}}""");
        await harness.Time.PassAsync(TimeSpan.FromSeconds(5));

        const string Expected = """{"jsonrpc":"2.0","method":"keepAlive","params":{"answered":1}}""";
        await ConnectionHarness.UntilAsync(() => harness.Host.Link.Sent.Count(message => message == Expected) == 2);
    }

    [Fact]
    [Trait("Museum", "M20")]
    public async Task HostSilent_ForDeadAfter_ReconnectsAndNotEarlier()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(14_999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1));
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        Assert.Equal(RenderingConnectionReason.HostUnresponsive, harness.LastChange.Reason);
    }

    [Fact]
    public async Task ManyAnswers_AreAcknowledgedWithoutWaitingForQuiet()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        for (int number = 0; number < 600; number++)
        {
            await ConnectionHarness.Within(harness.EchoAsync("x"));
        }

        await ConnectionHarness.UntilAsync(
            () => harness.Host.Link.Sent.Count(message => message.Contains("keepAlive", StringComparison.Ordinal)) >= 4);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":99,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":-1,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":1,"error":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"What?"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"goodbye"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"goodbye","params":{"afterMs":-1}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"keepAlive"} trailing""")]
    public async Task MalformedMessage_EndsWithProtocolErrorAndCloseCode(string message)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.Say(message);

        Assert.Equal(RenderingConnectionReason.ProtocolError, (await harness.EndAsync()).Reason);
        await ConnectionHarness.UntilAsync(() => harness.Host.Link.IsAborted);
        Assert.Equal(4400, harness.Host.Link.ClosedByClientWith);
        Assert.Equal(1, harness.Host.Attempts);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"newNotification","params":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":1,"new":true},"extra":{"a":[{}]}}""")]
    public async Task UnknownButWellFormed_IsIgnored(string message)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.Say(message);

        Assert.Equal("after", await ConnectionHarness.Within(harness.EchoAsync("after")));
    }

    [Fact]
    public async Task AnswerTwice_SecondIsIgnored()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await ConnectionHarness.Within(harness.EchoAsync("one"));

        harness.Host.Link.Say("""{"jsonrpc":"2.0","id":1,"result":"one"}""");

        Assert.Equal("two", await ConnectionHarness.Within(harness.EchoAsync("two")));
    }

    [Fact]
    public async Task Sleep_LongerThanDeadAfter_AsksForASignOfLifeSoon()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Time.Suspend(TimeSpan.FromMinutes(5));

        await harness.Time.PassAsync(TimeSpan.FromSeconds(5));
        await harness.Time.PassAsync(TimeSpan.FromSeconds(6));
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        Assert.Equal(RenderingConnectionReason.HostUnresponsive, harness.LastChange.Reason);
    }

    [Fact]
    public async Task ClockStep_HostAlive_KeepsTheLink()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Time.StepWallClock(TimeSpan.FromHours(1));

        for (int turn = 0; turn < 10; turn++)
        {
            await harness.Time.PassAsync(TimeSpan.FromSeconds(4));
            await ConnectionHarness.Within(harness.EchoAsync("alive"));
        }

        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        Assert.Equal(1, harness.Host.Attempts);
    }
}
