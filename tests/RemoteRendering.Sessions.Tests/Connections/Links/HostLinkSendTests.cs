using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostLinkSendTests
{
    private static readonly AsyncLocal<string?> User = new();

    /// <summary>A send that takes long goes on with what others submit meanwhile.</summary>
    [Fact]
    public async Task Pump_OnTheFlowOfACaller_SendsWithoutIt()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        var users = new List<string?>();
        fixture.OnSend = _ => users.Add(User.Value);
        User.Value = "user-a";
        fixture.Submit();
        var gate = new TaskCompletionSource();
        fixture.Wire.SendGate = gate;
        NotedRequest slow = fixture.Submit();
        User.Value = "user-b";
        fixture.Submit();
        fixture.Binding.Cancel(slow, default);
        gate.SetResult();

        await ConnectionHarness.UntilAsync(() => fixture.Sent.Count() == 4);
        Assert.Equal("user-b", User.Value);
        Assert.Equal([null, null, null, null], users);
    }

    [Fact]
    public async Task Pump_SomebodyIsSending_WaitsForItsTurn()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        int before = fixture.Wire.Sends;
        var gate = new TaskCompletionSource();
        fixture.Wire.SendGate = gate;
        fixture.Submit();

        fixture.Submit();
        fixture.Submit();

        Assert.Equal(before + 1, fixture.Wire.Sends);
        gate.SetResult();
        await ConnectionHarness.UntilAsync(() => fixture.Sent.Count() == 3);
        Assert.Equal([LinkFixture.Echo(1), LinkFixture.Echo(2), LinkFixture.Echo(3)], fixture.Sent);
    }

    [Fact]
    public async Task Cancel_OfARequestSentBeforeOthers_TellsTheHost()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest first = fixture.Submit();
        NotedRequest second = fixture.Submit();

        fixture.Binding.Cancel(first, default);
        fixture.Binding.Cancel(second, default);
        await Quiescence.WaitAsync();

        Assert.Equal([LinkFixture.Echo(1), LinkFixture.Echo(2), LinkFixture.Cancel(1), LinkFixture.Cancel(2)], fixture.Sent);
        Assert.Equal((1, 1), (first.Cancels, second.Cancels));
    }

    [Fact]
    public async Task Cancel_SeveralWhileSomebodyIsSending_AllReachTheHostOnce()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest first = fixture.Submit();
        NotedRequest second = fixture.Submit();
        var gate = new TaskCompletionSource();
        fixture.Wire.SendGate = gate;
        NotedRequest third = fixture.Submit();

        fixture.Binding.Cancel(first, default);
        fixture.Binding.Cancel(second, default);
        fixture.Binding.Cancel(third, default);
        fixture.Submit();
        gate.SetResult();

        await ConnectionHarness.UntilAsync(() => fixture.Sent.Contains(LinkFixture.Echo(4)));
        Assert.Equal(
            [
                LinkFixture.Echo(1), LinkFixture.Echo(2), LinkFixture.Echo(3), LinkFixture.Cancel(1), LinkFixture.Cancel(2),
                LinkFixture.Cancel(3), LinkFixture.Echo(4)
            ],
            fixture.Sent);
    }

    [Fact]
    public async Task Cancel_NotSentOnThisLinkYet_FollowsTheRequest()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest request = fixture.Submit();
        fixture.Link.End(LinkFixture.Failure());
        fixture.MakeLink();
        BindAnswer answer = await fixture.BindAsync();
        fixture.Binding.Attach(fixture.Link, answer);

        fixture.Binding.Cancel(request, default);

        Assert.Empty(fixture.Sent);
        fixture.Serve(answer);
        await Quiescence.WaitAsync();
        Assert.Equal([LinkFixture.Echo(1), LinkFixture.Cancel(1)], fixture.Sent);
    }

    [Fact]
    public async Task Send_AnsweredMeanwhile_KeepsTheBytesUntilItIsThrough()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        var gate = new TaskCompletionSource();
        fixture.Wire.SendGate = gate;
        NotedRequest request = fixture.Submit();

        await fixture.SayAsync("""{"jsonrpc":"2.0","id":1,"result":"quick"}""");

        Assert.Equal(["quick"], request.Results);
        Assert.Equal(0, request.Releases);
        gate.SetResult();
        await ConnectionHarness.UntilAsync(() => request.Releases == 1);
    }

    [Fact]
    public async Task Send_Fails_EndsTheLinkAndNothingIsLeft()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.ReceiveGate = new TaskCompletionSource();
        fixture.OnSend = static _ => throw new IOException("The wire is gone.");

        fixture.Submit();
        fixture.Time.Elapse(TimeSpan.FromMilliseconds(249));
        Assert.False(fixture.Link.Completion.IsCompleted);
        fixture.Time.Elapse(TimeSpan.FromMilliseconds(1));

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((RenderingConnectionReason.ConnectionLost, "The wire is gone."), (failure.Reason, failure.Message));
        Assert.False(fixture.Link.Finished.IsCompleted);
        Assert.Null(fixture.Wire.ClosedByClientWith);
        fixture.Wire.ReceiveGate.SetResult();
        await ConnectionHarness.Within(fixture.Link.Finished);
        Assert.Equal(1, fixture.Binding.Outstanding);
    }

    [Fact]
    public async Task Send_AnswersPileUpBehindARequestThatRunsLong_WaitsForItAndSaysSoFirst()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Submit();
        fixture.Submit();
        fixture.Wire.SayBinary(LinkFixture.Bytes(2, (32 * 1024 * 1024) + 1));
        await fixture.HeardAsync();

        fixture.Submit();
        Assert.Equal([LinkFixture.Echo(1), LinkFixture.Echo(2), LinkFixture.KeepAlive(0)], fixture.Sent);
        await fixture.SayAsync("""{"jsonrpc":"2.0","id":1,"result":"at last"}""");

        Assert.Equal([LinkFixture.KeepAlive(2), LinkFixture.Echo(3)], fixture.Sent.Skip(3));
    }

    [Theory]
    [InlineData(1999, RenderingConnectionReason.ConnectionLost)]
    [InlineData(2000, RenderingConnectionReason.TakenOver)]
    public async Task Send_FailsAfterAGoodbye_IsTheAnnouncedEndOnlyAboutWhenItWasDue(int passedMs, RenderingConnectionReason reason)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000));
        fixture.Time.Pass(TimeSpan.FromMilliseconds(passedMs));
        fixture.OnSend = static _ => throw new IOException("The wire is gone.");

        fixture.Submit();
        fixture.Time.Elapse(TimeSpan.FromMilliseconds(250));

        Assert.Equal(reason, (await fixture.EndAsync()).Reason);
    }

    [Fact]
    public async Task Send_FailsForGoodAfterAGoodbye_SaysWhy()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000));
        fixture.OnSend = static _ => throw new RenderingConnectionException(RenderingConnectionReason.MessageTooLarge, "Too much.");

        fixture.Submit();

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((RenderingConnectionReason.MessageTooLarge, "Too much."), (failure.Reason, failure.Message));
    }

    [Fact]
    public async Task Send_LinkEndsMeanwhile_SendsNothingMoreAndIsNotLeftOver()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.ReceiveGate = new TaskCompletionSource();
        fixture.OnSend = _ => fixture.Link.End(LinkFixture.Failure());
        int before = fixture.Wire.Sends;

        fixture.Submit();
        fixture.Submit();

        Assert.Equal(before + 1, fixture.Wire.Sends);
        Assert.False(fixture.Link.Finished.IsCompleted);
        fixture.Wire.ReceiveGate.SetResult();
        await ConnectionHarness.Within(fixture.Link.Finished);
    }

    /// <summary>
    /// A host that closes and is gone breaks the sends first: its own word counts all the same, as if nothing had been sent.
    /// </summary>
    [Theory]
    [InlineData(4403, RenderingConnectionReason.HandshakeFailed)]
    [InlineData(4400, RenderingConnectionReason.ProtocolError)]
    [InlineData(1001, RenderingConnectionReason.ConnectionLost)]
    public async Task Send_FailsBeforeTheCloseIsRead_EndsAsTheCloseSays(int code, RenderingConnectionReason reason)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.OnSend = static _ => throw new IOException("The wire is gone.");
        fixture.Submit();
        fixture.Submit();

        fixture.Wire.SayClose(code, "because");

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((reason, code, "because"), (failure.Reason, failure.HostCode, failure.HostMessage));
    }

    [Fact]
    public async Task Send_FailsBeforeAMalformedFrameIsRead_EndsForGood()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.OnSend = static _ => throw new IOException("The wire is gone.");
        fixture.Submit();

        fixture.Wire.Cut(
            new RenderingConnectionException(RenderingConnectionReason.ProtocolError, "The host sent a malformed close frame."));

        Assert.Equal(ConnectionTrigger.ProtocolBroken, (await fixture.EndAsync()).Final);
    }
}
