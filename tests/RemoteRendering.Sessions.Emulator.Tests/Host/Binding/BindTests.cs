using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

public class BindTests
{
    [Fact]
    public async Task Bind_FreeSession_AnswersEverythingThePageNames()
    {
        await using var host = new HostFixture();
        JsonElement bound = await host.Connect().BindAsync();

        Assert.Equal(
            """{"protocol":1,"epoch":1,"link":1,"resumed":false,"sceneKept":false,"received":0,"graceMs":60000,"keepAliveMs":"""
                + """5000,"deadAfterMs":15000,"maxMessageBytes":1048576,"features":[]}""",
            bound.GetRawText());
    }

    [Fact]
    public async Task Bind_OtherDeviceHolds_RefusedForGood()
    {
        await using var host = new HostFixture();
        await host.BindAsync("a");

        JsonElement error = await host.Connect("b").BindRefusedAsync();

        Assert.Equal(1203, error.GetProperty("code").GetInt32());
        Assert.Equal("OtherSessionConnected", error.GetProperty("data").GetProperty("reason").GetString());
        Assert.False(error.GetProperty("data").TryGetProperty("retryAfterMs", out _));
    }

    [Fact]
    public async Task Bind_SameClientIdWithAnotherKey_RefusedAsAnotherDevice()
    {
        await using var host = new HostFixture();
        await host.BindAsync("a");

        TestDevice thief = host.Connect("a");
        thief.Key = new string('0', 64);

        Assert.Equal(1203, (await thief.BindRefusedAsync(epoch: 1)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Bind_SameKeyWithAnotherClientId_RefusedAsAnotherDevice()
    {
        await using var host = new HostFixture();
        TestDevice holder = await host.BindAsync("a");

        TestDevice other = host.Connect("b");
        other.Key = holder.Key;

        Assert.Equal(1203, (await other.BindRefusedAsync(epoch: 1)).GetProperty("code").GetInt32());
    }

    [Fact]
    [Trait("Museum", "M03")]
    public async Task Bind_SameDeviceWhileOldLinkSeemsAlive_ResumesAtOnceAndClosesOldLinkFirst()
    {
        await using var host = new HostFixture();
        TestDevice old = await host.BindAsync("a");
        await old.CallAsync(1);

        TestDevice fresh = host.Connect("a");
        JsonElement bound = await fresh.BindAsync(epoch: 1);

        Assert.Equal(1, bound.GetProperty("epoch").GetInt64());
        Assert.Equal(2, bound.GetProperty("link").GetInt64());
        Assert.True(bound.GetProperty("resumed").GetBoolean());
        Assert.True(bound.GetProperty("sceneKept").GetBoolean());
        Assert.Equal(1, bound.GetProperty("received").GetInt64());
        await old.ExpectGoodbyeAsync("LinkSuperseded");
        await old.ExpectCloseAsync(4409);
    }

    [Fact]
    public async Task Bind_OwnKeyButForgottenEpoch_NewBindingSoThatIdsStartAnew()
    {
        await using var host = new HostFixture();
        TestDevice old = await host.BindAsync("a");
        await old.CallAsync(1);

        TestDevice restarted = host.Connect("a");
        JsonElement bound = await restarted.BindAsync(epoch: 0);

        Assert.Equal(2, bound.GetProperty("epoch").GetInt64());
        Assert.Equal(1, bound.GetProperty("link").GetInt64());
        Assert.False(bound.GetProperty("resumed").GetBoolean());
        Assert.False(bound.GetProperty("sceneKept").GetBoolean());
        Assert.Equal(0, bound.GetProperty("received").GetInt64());
        await old.ExpectGoodbyeAsync("LinkSuperseded");
        await old.ExpectCloseAsync(4409);
        Assert.Equal("rebound", Assert.Single(host.Events("bindingEnded"))["cause"]);
    }

    [Theory]
    [InlineData(HostSessionPhase.Starting, 1204)]
    [InlineData(HostSessionPhase.Stopped, 1205)]
    [InlineData(HostSessionPhase.Expired, 1205)]
    [InlineData(HostSessionPhase.Failed, 1205)]
    internal async Task Bind_SessionNotUsable_RefusedWithItsState(HostSessionPhase phase, int code)
    {
        await using var host = new HostFixture();
        host.Sessions.Set(HostFixture.Session, phase, TimeSpan.FromSeconds(30));

        JsonElement error = await host.Connect().BindRefusedAsync();

        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(phase == HostSessionPhase.Starting, error.GetProperty("data").TryGetProperty("retryAfterMs", out JsonElement wait));
        if (phase == HostSessionPhase.Starting)
        {
            Assert.Equal(30_000, wait.GetInt64());
        }
    }

    [Fact]
    public async Task Bind_UnknownSession_Refused()
    {
        await using var host = new HostFixture();
        TestDevice device = host.Connect();
        await device.SendBindAsync(session: "nobody");

        Assert.Equal(1502, (await device.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await device.ExpectCloseAsync(4403);
    }

    [Fact]
    public async Task Bind_TokenNotGoodForSession_Refused()
    {
        await using var host = new HostFixture();
        host.Sessions.BadTokens.Add("stolen");

        JsonElement error = await host.Connect(bearer: "stolen").BindRefusedAsync();

        Assert.Equal(904, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Bind_OtherProtocolVersion_RefusedBeforeAnythingElseIsLookedAt()
    {
        await using var host = new HostFixture();
        TestDevice device = host.Connect();
        await device.SendAsync("""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":2,"session":{"new":"shape"}}}""");

        Assert.Equal(911, (await device.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await device.ExpectCloseAsync(4403);
    }

    [Theory]
    [InlineData("sessionId", "7")]
    [InlineData("sessionId", "\"\"")]
    [InlineData("clientId", "\"\\ud800\"")]
    [InlineData("clientId", "\"\"")]
    [InlineData("clientId", "null")]
    [InlineData("bindingKey", "\"abc\"")]
    [InlineData("bindingKey", "\"zz5fa1c0000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("policy", "\"grab\"")]
    [InlineData("policy", "1")]
    [InlineData("drainMs", "60001")]
    [InlineData("drainMs", "-1")]
    [InlineData("epoch", "1.5")]
    [InlineData("epoch", "\"1\"")]
    [InlineData("answered", "-1")]
    [InlineData("protocol", "\"1\"")]
    public async Task Bind_MemberMalformed_RefusedByName(string member, string value)
    {
        await using var host = new HostFixture();
        TestDevice device = host.Connect();
        var members = new Dictionary<string, string>
        {
            ["protocol"] = "1", ["sessionId"] = "\"s\"", ["clientId"] = "\"a\"", ["bindingKey"] = $"\"{device.Key}\"", [member] = value,
        };

        string parameters = string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"));
        await device.SendAsync($$$"""{"jsonrpc":"2.0","id":0,"method":"bind","params":{{{{parameters}}}}}""");

        JsonElement error = (await device.ReceiveAsync()).GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Contains($"'{member}'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        await device.ExpectCloseAsync(4403);
    }

    [Fact]
    public async Task Bind_NameOfAMemberIsNoUnicode_Refused()
    {
        await using var host = new HostFixture();
        TestDevice device = host.Connect();
        await device.SendAsync("""{"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":1,"\ud800ienti":1}}""");

        Assert.Equal(-32602, (await device.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await device.ExpectCloseAsync(4403);
    }

    [Fact]
    public async Task Bind_NothingArrivesInTime_LinkClosed()
    {
        await using var host = new HostFixture();
        TestDevice device = host.Connect();

        await host.Time.PassAsync(TimeSpan.FromSeconds(9.999));
        Assert.Equal(1, host.HostFaults.OpenLinks);
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        await device.ExpectCloseAsync(4408);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo"}""", true)]
    [InlineData("""{"jsonrpc":"2.0","method":"keepAlive"}""", true)]
    [InlineData("""{"jsonrpc":"2.0","method":"bind"}""", true)]
    [InlineData("""not json""", false)]
    public async Task FirstMessage_NotABind_AnsweredAndClosed(string message, bool isAnswered)
    {
        await using var host = new HostFixture();
        TestDevice device = host.Connect();
        await device.SendAsync(message);

        if (isAnswered)
        {
            Assert.Equal(-32600, (await device.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        }

        await device.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Bind_OnABoundLink_AnsweredAndClosed()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendBindAsync(epoch: 1);

        Assert.Equal(-32600, (await device.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await device.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Bind_ManyDevicesAtOnce_ExactlyOneGetsIt()
    {
        await using var host = new HostFixture();
        TestDevice[] devices = [.. Enumerable.Range(0, 32).Select(number => host.Connect($"device-{number}"))];
        await Task.WhenAll(devices.Select(device => device.SendBindAsync()));

        JsonElement[] answers = await Task.WhenAll(devices.Select(device => device.ReceiveAsync()));

        Assert.Single(answers, answer => answer.TryGetProperty("result", out _));
        Assert.Equal(
            31,
            answers.Count(answer => answer.TryGetProperty("error", out JsonElement error) && error.GetProperty("code").GetInt32() == 1203));
    }
}
