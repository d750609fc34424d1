using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostLinkReceiveTests
{
    private const string NeverSent = "The host sent a malformed message: The id of an answer must be that of a request that was sent.";

    [Theory]
    [InlineData("[]", "The message must be an object.")]
    [InlineData("""{"jsonrpc":"2.0","method":"goodbye"}""", "A goodbye must have parameters.")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":{}}""", "The id of an answer must be that of a request that was sent.")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", "The id of an answer must be that of a request that was sent.")]
    public async Task Text_Malformed_EndsWithASentenceThatSaysWhy(string message, string sentence)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();

        fixture.Wire.Say(message);

        await AssertMalformedAsync(fixture, "The host sent a malformed message: " + sentence);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":5,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":5,"error":{"code":1203,"message":"No."}}""")]
    public async Task Text_FirstAnswerIsNotTheOneToBind_IsMalformed(string message)
    {
        await using var fixture = new LinkFixture();
        Task<BindAnswer> binding = fixture.Link.BindAsync(fixture.Request, default);

        fixture.Wire.Say(message);

        await AssertMalformedAsync(fixture, "The host sent a malformed message: The first answer must be the one to 'bind'.");
        Assert.Equal(
            RenderingConnectionReason.ProtocolError,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(binding))).Reason);
    }

    [Fact]
    public async Task Binary_BeforeTheAnswerToBind_IsMalformed()
    {
        await using var fixture = new LinkFixture();
        Task<BindAnswer> binding = fixture.Link.BindAsync(fixture.Request, default);

        fixture.Wire.SayBinary(LinkFixture.Bytes(1, 20));

        await AssertMalformedAsync(fixture, "The host sent a malformed message: A binary message must not precede the answer to 'bind'.");
        Assert.Equal(
            RenderingConnectionReason.ProtocolError,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(binding))).Reason);
    }

    [Fact]
    public async Task Binary_AnswersWhatWasNeverSent_IsMalformed()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Submit();

        fixture.Wire.SayBinary(LinkFixture.Bytes(2, 20));

        await AssertMalformedAsync(fixture, NeverSent);
    }

    [Fact]
    public async Task Binary_Answer_CompletesItsRequest()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest request = fixture.Submit();

        fixture.Wire.SayBinary(LinkFixture.Bytes(1, 20));
        await fixture.HeardAsync();

        Assert.Equal(["xxxx"], request.Results);
        Assert.Equal(0, fixture.Binding.Outstanding);
    }

    [Theory]
    [InlineData((128 * 1024) - 1, false)]
    [InlineData(128 * 1024, true)]
    public async Task Binary_AnswerOfManyBytes_IsAcknowledgedAtOnce(int bytes, bool acknowledged)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Submit();

        fixture.Wire.SayBinary(LinkFixture.Bytes(1, bytes));
        await fixture.HeardAsync();

        Assert.Equal(acknowledged ? [LinkFixture.Echo(1), LinkFixture.KeepAlive(1)] : [LinkFixture.Echo(1)], fixture.Sent);
    }

    [Fact]
    public async Task Progress_GoesToItsRequest()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest request = fixture.Submit();

        await fixture.SayAsync("""{"jsonrpc":"2.0","method":"progress","params":{"id":1,"value":0.25}}""");
        await fixture.SayAsync("""{"jsonrpc":"2.0","method":"progress","params":{"id":2,"value":0.5}}""");

        Assert.Equal([0.25], request.Steps);
    }

    [Fact]
    public async Task Text_WasInTheBuffersWhenTheLinkEnded_BelongsToNobody()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest request = fixture.Submit();
        fixture.Wire.ReceiveGate = new TaskCompletionSource();
        fixture.Wire.Say("""{"jsonrpc":"2.0","id":1,"result":"late"}""");

        fixture.Link.End(LinkFixture.Failure());
        fixture.Wire.ReceiveGate.SetResult();
        await ConnectionHarness.Within(fixture.Link.Finished);

        Assert.Empty(request.Results);
        Assert.Equal(1, fixture.Binding.Outstanding);
    }

    [Theory]
    [InlineData(0, RenderingConnectionReason.ConnectionLost)]
    [InlineData(1999, RenderingConnectionReason.ConnectionLost)]
    [InlineData(2000, RenderingConnectionReason.TakenOver)]
    [InlineData(3100, RenderingConnectionReason.TakenOver)]
    public async Task Receive_FailsAfterAGoodbye_IsTheAnnouncedEndOnlyAboutWhenItWasDue(int passedMs, RenderingConnectionReason reason)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000));
        fixture.Time.Pass(TimeSpan.FromMilliseconds(passedMs));

        fixture.Wire.Cut();

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((reason, reason == RenderingConnectionReason.TakenOver), (failure.Reason, failure.Final is not null));
    }

    [Theory]
    [InlineData("TakenOver", 4409, RenderingConnectionReason.TakenOver)]
    [InlineData("TakenOver", 1000, RenderingConnectionReason.ConnectionLost)]
    [InlineData("TakenOver", 1001, RenderingConnectionReason.ConnectionLost)]
    [InlineData("Maintenance", 1000, RenderingConnectionReason.Maintenance)]
    [InlineData("Maintenance", 1001, RenderingConnectionReason.ConnectionLost)]
    [InlineData("Maintenance", 4408, RenderingConnectionReason.ConnectionLost)]
    [InlineData("Maintenance", 4409, RenderingConnectionReason.LinkSuperseded)]
    public async Task Close_EarlierThanAnnounced_IsTheAnnouncedEndOnlyWithTheCodeOfIt(
        string word, int code, RenderingConnectionReason reason)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000, word));

        fixture.Wire.SayClose(code);

        Assert.Equal(reason, (await fixture.EndAsync()).Reason);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1011)]
    public async Task Close_WhenItWasAnnounced_IsTheAnnouncedEndWithAnyCode(int code)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000));
        fixture.Time.Pass(TimeSpan.FromSeconds(3));

        fixture.Wire.SayClose(code);

        Assert.Equal(RenderingConnectionReason.TakenOver, (await fixture.EndAsync()).Reason);
    }

    [Fact]
    public async Task Receive_FailsForGoodAfterAGoodbye_SaysWhy()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000));

        fixture.Wire.Cut(new RenderingConnectionException(RenderingConnectionReason.MessageTooLarge, "Too much."));

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((RenderingConnectionReason.MessageTooLarge, "Too much."), (failure.Reason, failure.Message));
        await ConnectionHarness.Within(fixture.Link.Finished);
        Assert.Equal(1009, fixture.Wire.ClosedByClientWith);
    }

    private static async Task AssertMalformedAsync(LinkFixture fixture, string sentence)
    {
        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((RenderingConnectionReason.ProtocolError, sentence), (failure.Reason, failure.Message));
        Assert.Equal(ConnectionTrigger.ProtocolBroken, failure.Final);
        await ConnectionHarness.Within(fixture.Link.Finished);
        Assert.Equal(4400, fixture.Wire.ClosedByClientWith);
    }
}
