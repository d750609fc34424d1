using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests;

public sealed class ConnectionRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

        harness.Host.Link.Say("""{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":3,"link":1,"resumed":false,"sceneKept":false,"received":0,"graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000}}""");
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

    [Fact]
    public async Task Invoke_Echo_AnswersWithItsParameters()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        Assert.Equal("grüß dich", await ConnectionHarness.Within(harness.EchoAsync("grüß dich")));
        string[] many = await ConnectionHarness.Within(Task.WhenAll(Enumerable.Range(0, 500).Select(number => harness.EchoAsync("n" + number))));

        Assert.Equal(Enumerable.Range(0, 500).Select(number => "n" + number), many);
        Assert.Equal(Enumerable.Range(1, 501).Select(id => (1L, (long)id, "echo")), harness.Host.Runs);
    }

    [Fact]
    public async Task Invoke_UnknownMethod_ThrowsTheHostsError()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        RenderingRequestException error = await Assert.ThrowsAsync<RenderingRequestException>(
            () => ConnectionHarness.Within(harness.Run.InvokeAsync<object?, bool>("fly", null, null, static (ref _) => true, Token)));

        Assert.Equal(-32601, error.Code);
        Assert.Equal("MethodNotFound", error.Reason);
        Assert.Equal(ConnectionStatus.Connected, harness.Status);
    }

    [Fact]
    [Trait("Museum", "M21")]
    public async Task LinkCut_HostAlive_ResumesWithSceneAndRunsEachRequestOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await ConnectionHarness.Within(harness.EchoAsync("before"));
        harness.Host.IsMute = true;
        Task<string> first = harness.EchoAsync("first");
        Task<string> second = harness.EchoAsync("second");
        harness.Host.IsMute = false;
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Task<string> third = harness.EchoAsync("third");

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));

        Assert.Equal(["first", "second", "third"], await ConnectionHarness.Within(Task.WhenAll(first, second, third)));
        Assert.Equal([(1L, 1L, "echo"), (1, 2, "echo"), (1, 3, "echo"), (1, 4, "echo")], harness.Host.Runs);
        Assert.True(harness.LastChange.SceneKept);
        Assert.Equal(RenderingConnectionReason.Success, harness.LastChange.Reason);
        Assert.Equal(1, harness.Host.Binds[1].GetProperty("epoch").GetInt64());
        Assert.Equal(1, harness.Host.Binds[1].GetProperty("answered").GetInt64());
    }

    [Fact]
    public async Task StaleEpoch_AnswersARequest_ItWaitsForTheNextLink()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        harness.Host.IsMute = false;
        harness.Host.Link.Say("""{"jsonrpc":"2.0","id":1,"error":{"code":-32011,"message":"A newer link has this session.","data":{"reason":"StaleEpoch"}}}""");
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Assert.False(waiting.IsCompleted);

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));

        Assert.Equal("waiting", await ConnectionHarness.Within(waiting));
    }

    [Fact]
    public async Task LinkCut_HostCrashed_SaysThatTheSceneIsLostAndFailsWhatWaited()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        harness.Host.IsMute = false;
        harness.Host.Crash();
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));

        Assert.Equal(RenderingConnectionReason.SceneLost, harness.LastChange.Reason);
        Assert.False(harness.LastChange.SceneKept);
        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(waiting));
        Assert.Equal(RenderingConnectionReason.SceneLost, error.Reason);
        Assert.Equal("again", await ConnectionHarness.Within(harness.EchoAsync("again")));
        Assert.Equal((2L, 1L, "echo"), harness.Host.Runs[^1]);
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

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

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

        harness.Time.Advance(TimeSpan.FromMilliseconds(3999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(1, harness.Host.Attempts);
        harness.Time.Advance(TimeSpan.FromMilliseconds(1));
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

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(RenderingConnectionReason.AuthenticationFailed, error.Reason);
        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    public async Task Idle_SendsKeepAliveWithWhatIsAnswered()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        await ConnectionHarness.Within(harness.EchoAsync("one"));

        harness.Time.Advance(TimeSpan.FromSeconds(5));
        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":1}}""");
        harness.Time.Advance(TimeSpan.FromSeconds(5));

        const string Expected = """{"jsonrpc":"2.0","method":"keepAlive","params":{"answered":1}}""";
        await ConnectionHarness.UntilAsync(() => harness.Host.Link.Sent.Count(message => message == Expected) == 2);
    }

    [Fact]
    [Trait("Museum", "M20")]
    public async Task HostSilent_ForDeadAfter_ReconnectsAndNotEarlier()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Time.Advance(TimeSpan.FromMilliseconds(14_999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        harness.Time.Advance(TimeSpan.FromMilliseconds(1));
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

        await ConnectionHarness.UntilAsync(() => harness.Host.Link.Sent.Count(message => message.Contains("keepAlive", StringComparison.Ordinal)) >= 4);
    }

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

        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":0,"retryAfterMs":2000}}""");
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Assert.Equal(RenderingConnectionReason.Maintenance, harness.LastChange.Reason);
        Assert.Equal(TimeSpan.FromSeconds(2), harness.LastChange.RetryAfter);
        await harness.WaitForBackoffAsync();
        harness.Time.Advance(TimeSpan.FromMilliseconds(1999));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(1, harness.Host.Attempts);

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Goodbye_WithADelay_IsAnnouncedAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":30000,"retryAfterMs":45000}}""");
        RenderingConnectionChange announced = await ConnectionHarness.Within(harness.Controller.WaitForChangeAsync(harness.Run.Span, 2, Token));

        Assert.Equal((3, ConnectionStatus.Connected, ConnectionStatus.Connected), (announced.Number, announced.OldStatus, announced.Status));
        Assert.Equal(RenderingConnectionReason.Maintenance, announced.Reason);
        Assert.Equal(TimeSpan.FromSeconds(30), announced.EndsIn);
        Assert.Equal(TimeSpan.FromSeconds(45), announced.RetryAfter);
        Assert.True(announced.SceneKept);
        Assert.Equal("still here", await ConnectionHarness.Within(harness.EchoAsync("still here")));

        harness.Host.Link.SayClose(1001);
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        Assert.Equal((4, RenderingConnectionReason.Maintenance), (harness.LastChange.Number, harness.LastChange.Reason));
        Assert.Null(harness.LastChange.EndsIn);
    }

    [Fact]
    public async Task Goodbye_WithADelayAndATimeToComeBack_CountsItFromWhenItWasSaid()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"Maintenance","comeBack":true,"afterMs":3000,"retryAfterMs":5000}}""");
        await ConnectionHarness.Within(harness.EchoAsync("heard"));
        harness.Time.Advance(TimeSpan.FromSeconds(3));

        harness.Host.Link.SayClose(1001);

        Assert.Equal(TimeSpan.FromSeconds(2), (await harness.WaitForAsync(ConnectionStatus.Reconnecting)).RetryAfter);
    }

    [Fact]
    public async Task Goodbye_RightBehindTheBindAnswer_IsAnnouncedAfterTheConnect()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.OnBound = static link => link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"TakenOver","comeBack":false,"afterMs":3000}}""");
        await ConnectionHarness.Within(harness.Begin());

        RenderingConnectionChange announced = await ConnectionHarness.Within(harness.Controller.WaitForChangeAsync(harness.Run.Span, 2, Token));

        Assert.Equal((3, ConnectionStatus.Connected, RenderingConnectionReason.TakenOver), (announced.Number, announced.Status, announced.Reason));
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

        harness.Time.Advance(TimeSpan.FromMilliseconds(4000));

        Assert.Equal(RenderingConnectionReason.TakenOver, (await harness.EndAsync()).Reason);
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
        await ConnectionHarness.Within(harness.Run.FinishAsync());
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

    [Fact]
    public async Task Disconnect_TellsTheHostAndFailsWhatWaits()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        harness.Host.IsMute = false;

        harness.Run.Fire(ConnectionTrigger.DisconnectRequested);
        Assert.Equal(ConnectionStatus.Disconnected, harness.Status);
        await ConnectionHarness.Within(harness.Run.Over);

        Assert.Equal([(1L, 1L, "echo"), (1L, 2L, "unbind")], harness.Host.Runs);
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await Assert.ThrowsAsync<RenderingConnectionException>(() => waiting)).Reason);
        Assert.Equal(RenderingConnectionReason.NoConnection, (await Assert.ThrowsAsync<RenderingConnectionException>(() => harness.EchoAsync("late"))).Reason);
        Assert.Equal(RenderingConnectionReason.DisconnectRequest, (await harness.EndAsync()).Reason);
    }

    [Fact]
    public async Task Disconnect_HostSilent_GivesUpAfterTheTimeout()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.SwallowsSent = true;

        harness.Run.Fire(ConnectionTrigger.DisconnectRequested);
        await ConnectionHarness.Within(harness.Time.WaitForTimersAsync(2));
        Assert.False(harness.Run.Over.IsCompleted);
        harness.Time.Advance(TimeSpan.FromSeconds(2));

        await ConnectionHarness.Within(harness.Run.Over);
    }

    [Fact]
    public async Task ReconnectNow_InBackoff_TriesAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.Link.SayClose(1000);
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        Assert.True(harness.Run.Fire(ConnectionTrigger.ReconnectRequested));
        await harness.WaitForAsync(ConnectionStatus.Connected);

        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    public async Task ReconnectNow_WhileConnected_MakesANewLinkAtOnce()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        Assert.True(harness.Run.Fire(ConnectionTrigger.ReconnectRequested));
        await harness.WaitForAsync(ConnectionStatus.Connected);
        await ConnectionHarness.Within(harness.EchoAsync("x"));

        Assert.Equal(2, harness.Host.Attempts);
        Assert.Equal(2, harness.Run.Answer!.Link);
        Assert.True(harness.Host.Links[0].IsAborted);
    }

    /// <summary>Whatever the dice say: the smallest jitter every time, the largest, and ordinary dice.</summary>
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.999)]
    [InlineData(-1.0)]
    [InlineData(-2.0)]
    [InlineData(-3.0)]
    [Trait("Museum", "M15")]
    [Trait("Museum", "R5")]
    public async Task Flapping_CutAfterEveryConnect_IsDamped(double dice)
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new ExponentialReconnectPolicy(dice < 0 ? new Random((int)dice) : new LoadedDice(dice));
        DateTimeOffset start = harness.Time.GetUtcNow();
        await harness.ConnectAsync();
        while (true)
        {
            harness.Time.Advance(TimeSpan.FromMilliseconds(50));
            harness.Host.Link.Cut();
            await harness.WaitForBackoffAsync();
            if (harness.Time.GetUtcNow() + harness.Time.UntilNextTimer!.Value - start > TimeSpan.FromSeconds(10))
            {
                break;
            }

            await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(20));
        }

        Assert.InRange(harness.Host.Attempts, 3, 12);
    }

    [Fact]
    public async Task LinkCut_Once_ComesBackWithinAQuarterOfASecond()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new ExponentialReconnectPolicy(new LoadedDice(0.999));
        await harness.ConnectAsync();

        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);

        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    [Trait("Museum", "M16")]
    public async Task HostGone_ForLongerThanItsGrace_EndsWithGraceExpiredAndNoAttemptAfterIt()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        DateTimeOffset cut = harness.Time.GetUtcNow();
        for (int attempt = 0; attempt < 100; attempt++)
        {
            harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens."));
        }

        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Disconnected, TimeSpan.FromSeconds(75));

        Assert.Equal(RenderingConnectionReason.GraceExpired, harness.LastChange.Reason);
        Assert.True(harness.Time.GetUtcNow() - cut >= TimeSpan.FromSeconds(50));
        Assert.True(harness.Environment.Refreshes is > 2 and < 9, $"{harness.Environment.Refreshes} refreshes.");
    }

    [Fact]
    public async Task HostGone_ReconnectAfterGrace_GoesOnAndSaysThatTheSceneIsLost()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectAfterGrace = true;
        await harness.ConnectAsync();
        for (int attempt = 0; attempt < 25; attempt++)
        {
            harness.Host.FailNext(new IOException("No network."));
        }

        harness.Host.Link.Cut();
        harness.Host.Crash();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromMinutes(10));

        Assert.Equal(RenderingConnectionReason.SceneLost, harness.LastChange.Reason);
    }

    [Fact]
    public async Task LeaseEndsBeforeTheNextAttempt_EndsWithLeaseExpired()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Environment.LeaseLeft = TimeSpan.Zero;

        harness.Host.Link.Cut();

        Assert.Equal(RenderingConnectionReason.LeaseExpired, (await harness.EndAsync()).Reason);
    }

    [Fact]
    public async Task NeverPolicy_FirstDropEnds()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = RenderingReconnectPolicy.Never;
        await harness.ConnectAsync();

        harness.Host.Link.Cut();

        Assert.Equal(RenderingConnectionReason.ConnectionLost, (await harness.EndAsync()).Reason);
        Assert.Equal(1, harness.Host.Attempts);
    }

    [Fact]
    public async Task FirstConnect_HostUnreachable_TriesAsThePolicySaysAndThrowsTheLastFailure()
    {
        await using var harness = new ConnectionHarness();
        for (int attempt = 0; attempt < 10; attempt++)
        {
            harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens."));
        }

        Task established = harness.Begin();
        await harness.AdvanceUntilAsync(ConnectionStatus.Disconnected, TimeSpan.FromSeconds(10));

        Assert.Equal(RenderingConnectionReason.HandshakeConnectionRefused, (await Assert.ThrowsAsync<RenderingConnectionException>(() => established)).Reason);
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

        harness.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RenderingConnectionReason.Timeout, (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established))).Reason);
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
        harness.Time.Advance(TimeSpan.FromSeconds(20));
        harness.Host.Link.Say("""{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":2,"link":1,"resumed":false,"sceneKept":false,"received":0,"graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000}}""");
        await ConnectionHarness.Within(established);

        Assert.Equal("takeOver", harness.Host.Binds[0].GetProperty("policy").GetString());
        Assert.Equal(20_000, harness.Host.Binds[0].GetProperty("drainMs").GetInt32());
        Assert.True(harness.Host.Link.Sent.Count(message => message.Contains("keepAlive", StringComparison.Ordinal)) >= 3);

        harness.Host.IsDeafToBind = false;
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(1));
        Assert.Equal("resume", harness.Host.Binds[1].GetProperty("policy").GetString());
    }

    [Fact]
    public async Task Sleep_LongerThanDeadAfter_AsksForASignOfLifeSoon()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Time.Suspend(TimeSpan.FromMinutes(5));

        harness.Time.Advance(TimeSpan.FromSeconds(5));
        harness.Time.Advance(TimeSpan.FromSeconds(6));
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
            harness.Time.Advance(TimeSpan.FromSeconds(4));
            await ConnectionHarness.Within(harness.EchoAsync("alive"));
        }

        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        Assert.Equal(1, harness.Host.Attempts);
    }

    [Fact]
    public async Task Policy_Throws_EndsWithWhatItThrew()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = new ThrowingPolicy();
        await harness.ConnectAsync();

        harness.Host.Link.Cut();
        RenderingConnectionEnd end = await harness.EndAsync();

        Assert.Equal(RenderingConnectionReason.ConnectionLost, end.Reason);
        Assert.IsType<InvalidTimeZoneException>(end.Error);
    }

    [Fact]
    public async Task SessionEndedBeforeTheAttempt_EndsWithoutALink()
    {
        await using var harness = new ConnectionHarness();
        harness.Environment.AddressError = new RenderingConnectionException(RenderingConnectionReason.LeaseExpired, "Over.");

        RenderingConnectionException error = await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(RenderingConnectionReason.LeaseExpired, error.Reason);
        Assert.Equal(0, harness.Host.Attempts);
    }

    private sealed class LoadedDice(double value) : Random
    {
        public override double NextDouble() => value;
    }

    private sealed class ThrowingPolicy : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context) => throw new InvalidTimeZoneException("A bug of the application.");
    }
}
