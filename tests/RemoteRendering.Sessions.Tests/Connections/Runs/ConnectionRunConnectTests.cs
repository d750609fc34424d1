using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunConnectTests
{
    [Fact]
    [Trait("Museum", "M05")]
    public async Task Connect_HostAnswers_IsConnectedOnlyAfterTheBind()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.IsDeafToBind = true;
        Task established = harness.Begin();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 1);
        await ConnectionHarness.SettleAsync();
        Assert.Equal(ConnectionStatus.Connecting, harness.Status);
        Assert.False(established.IsCompleted);

        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":3,"link":1,"resumed":false,"sceneKept":false,"received":"""
                + """0,"graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000}}""");
        await ConnectionHarness.Within(established);

        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        Assert.Equal(3, harness.Run.Answer!.Epoch);
    }

    [Fact]
    public async Task Connect_SendsWhoItIs()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        System.Text.Json.JsonElement bind = harness.Host.Binds[0];
        Assert.Equal(1, bind.GetProperty("protocol").GetInt32());
        Assert.Equal("my-session", bind.GetProperty("sessionId").GetString());
        Assert.Equal("headset-7", bind.GetProperty("clientId").GetString());
        Assert.Equal(64, bind.GetProperty("bindingKey").GetString()!.Length);
        Assert.Equal("resume", bind.GetProperty("policy").GetString());
        Assert.Equal(0, bind.GetProperty("epoch").GetInt64());
        Assert.Equal("token-1", harness.Host.Contexts[0].AccessToken);
    }

    [Theory]
    [InlineData(1203, "OtherSessionConnected", RenderingConnectionReason.OtherSessionConnected)]
    [InlineData(1205, "SessionEnded", RenderingConnectionReason.SessionEnded)]
    [InlineData(1502, "SessionNotFound", RenderingConnectionReason.SessionNotFound)]
    [InlineData(911, "ProtocolVersionMismatch", RenderingConnectionReason.ProtocolVersionMismatch)]
    [InlineData(-32602, "InvalidParameter", RenderingConnectionReason.InvalidParameter)]
    [InlineData(4711, "SomethingNew", RenderingConnectionReason.HandshakeFailed)]
    [Trait("Museum", "M14")]
    public async Task Refused_WithoutRetryAfter_EndsAtTheFirstAttempt(int code, string word, RenderingConnectionReason reason)
    {
        await using var harness = new ConnectionHarness();
        harness.Host.RefuseNext(code, word);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(reason, error.Reason);
        Assert.Null(error.RetryAfter);
        Assert.Equal(1, harness.Host.Attempts);
        Assert.Equal(reason, (await harness.EndAsync()).Reason);
        Assert.Equal(ConnectionStatus.Disconnected, harness.Status);
        await ConnectionHarness.Within(harness.Run.Over);
        Assert.Equal(code == 1205 ? 1 : 0, harness.Environment.Confirmations);
    }

    [Fact]
    public async Task Refused_WithRetryAfter_TriesAgainNotEarlier()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.RefuseNext(1203, "OtherSessionConnected", retryAfterMs: 4000);
        Task established = harness.Begin();
        await harness.WaitForBackoffAsync();

        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(3999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(1, harness.Host.Attempts);
        await harness.Time.PassAsync(TimeSpan.FromMilliseconds(1));
        await ConnectionHarness.Within(established);

        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    public async Task AuthenticationFailed_Once_TriesAtOnceWithAnotherToken()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.AuthenticationFailed, "401"));

        await harness.ConnectAsync();

        Assert.Equal(["token-1", "token-2"], harness.Host.Contexts.Select(context => context.AccessToken));
    }

    [Fact]
    public async Task AuthenticationFailed_Twice_Ends()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.AuthenticationFailed, "401"));
        harness.Host.RefuseNext(904, "AuthenticationFailed");

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(RenderingConnectionReason.AuthenticationFailed, error.Reason);
        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    public async Task FirstConnect_HostUnreachable_TriesAsThePolicySaysAndThrowsTheLastFailure()
    {
        await using var harness = new ConnectionHarness();
        for (int attempt = 0; attempt < 10; attempt++)
        {
            harness.Host.FailNext(
                new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens."));
        }

        Task established = harness.Begin();
        await harness.AdvanceUntilAsync(ConnectionStatus.Disconnected, TimeSpan.FromSeconds(10));

        Assert.Equal(
            RenderingConnectionReason.HandshakeConnectionRefused,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => established)).Reason);
        Assert.Equal(4, harness.Host.Attempts);
    }

    [Fact]
    public async Task Attempt_HostDoesNotAnswerBind_TimesOut()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.IsDeafToBind = true;
        harness.Options.InitialConnectPolicy = RenderingReconnectPolicy.Never;
        Task established = harness.Begin();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 1);

        await harness.Time.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(
            RenderingConnectionReason.Timeout,
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established))).Reason);
    }

    [Fact]
    public async Task TakeOver_AsksWithItsDrainOnceAndKeepsTheWaitAlive()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.BindPolicy = RenderingBindPolicy.TakeOver;
        harness.Options.DrainTime = TimeSpan.FromSeconds(20);
        harness.Host.IsDeafToBind = true;
        Task established = harness.Begin();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 1);
        await harness.Time.PassAsync(TimeSpan.FromSeconds(20));
        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":2,"link":1,"resumed":false,"sceneKept":false,"received":"""
                + """0,"graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000}}""");
        await ConnectionHarness.Within(established);

        Assert.Equal("takeOver", harness.Host.Binds[0].GetProperty("policy").GetString());
        Assert.Equal(20_000, harness.Host.Binds[0].GetProperty("drainMs").GetInt32());
        Assert.True(harness.Host.Link.Sent.Count(message => message.Contains("keepAlive", StringComparison.Ordinal)) >= 3);

        harness.Host.IsDeafToBind = false;
        harness.Host.Epoch = 2;
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(1));
        Assert.Equal("resume", harness.Host.Binds[1].GetProperty("policy").GetString());
    }

    [Fact]
    public async Task SessionEndedBeforeTheAttempt_EndsWithoutALink()
    {
        await using var harness = new ConnectionHarness();
        harness.Environment.AddressError = new RenderingConnectionException(RenderingConnectionReason.LeaseExpired, "Over.");

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(RenderingConnectionReason.LeaseExpired, error.Reason);
        Assert.Equal(0, harness.Host.Attempts);
    }
}
