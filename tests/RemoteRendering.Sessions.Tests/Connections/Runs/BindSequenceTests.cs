using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class BindSequenceTests
{
    [Theory]
    [InlineData(3, 3, true, true)]
    [InlineData(3, 9, true, true)]
    [InlineData(4, 1, false, true)]
    [InlineData(9, 1, false, true)]
    [InlineData(3, 2, true, false)]
    [InlineData(3, 1, true, false)]
    [InlineData(3, 3, false, false)]
    [InlineData(2, 3, true, false)]
    [InlineData(1, 1, false, false)]
    public void Check_AfterLink2OfEpoch3_TakesOnlyWhatGrows(long epoch, long link, bool resumed, bool isTaken)
    {
        var answer = new BindAnswer { Epoch = epoch, Link = link, Resumed = resumed };
        void Check() => BindSequence.Check(new BindAnswer { Epoch = 3, Link = 2 }, answer);
        if (isTaken)
        {
            Check();
        }
        else
        {
            Assert.Equal(RenderingConnectionReason.ProtocolError, Assert.Throws<RenderingConnectionException>(Check).Reason);
        }

        BindSequence.Check(null, answer);
    }

    [Theory]
    [InlineData("smaller epoch", 4, 1, false)]
    [InlineData("the same link again", 5, 1, true)]
    [Trait("BadDay", "host goes back in its numbers")]
    public async Task Host_GoesBackInItsNumbers_EndsWithProtocolErrorAndIsToldSo(string what, long epoch, long link, bool resumed)
    {
        await using var harness = new ConnectionHarness();
        harness.Host.Epoch = 4;
        await harness.ConnectAsync();
        harness.Host.IsDeafToBind = true;
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.WaitForBackoffAsync();
        await harness.Time.PassAsync(harness.Time.UntilNextTimer!.Value);
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 2);

        harness.Host.Link.Say($$$"""
            {"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":{{{epoch}}},"link":{{{link}}},"resumed":{{{(resumed ? "true" : "false")}}},"sceneKept":false,"received":0,
            "graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000} }
            """);

        RenderingConnectionEnd end = await harness.EndAsync();
        Assert.Equal((what, RenderingConnectionReason.ProtocolError), (what, end.Reason));
        await ConnectionHarness.UntilAsync(() => harness.Host.Link.IsAborted);
        Assert.Equal(4400, harness.Host.Link.ClosedByClientWith);
    }
}
