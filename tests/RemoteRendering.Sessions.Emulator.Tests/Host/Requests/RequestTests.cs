using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Requests;

public class RequestTests
{
    [Theory]
    [InlineData("{\"a\":[1,2,{\"b\":\"\\u00e9\"}]}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1.50")]
    public async Task Echo_AnyParams_ComeBackUnchanged(string parameters)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        Assert.Equal(parameters, (await device.CallAsync(1, "echo", parameters)).GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Echo_NoParams_Null()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"echo"}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":null}""", (await device.ReceiveAsync()).GetRawText());
    }

    [Fact]
    public async Task Status_Bound_TellsEpochLinkAndUptime()
    {
        await using var host = new HostFixture();
        await host.Time.PassAsync(TimeSpan.FromSeconds(3));
        TestDevice device = await host.BindAsync();

        Assert.Equal("""{"epoch":1,"link":1,"uptimeMs":3000}""", (await device.CallAsync(1, "status")).GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Request_UnknownMethod_ErrorAndLinkLivesOn()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        JsonElement error = (await device.CallAsync(1, "dance")).GetProperty("error");

        Assert.Equal(-32601, error.GetProperty("code").GetInt32());
        await device.CallAsync(2);
    }

    [Fact]
    public async Task Request_SentAgainAfterItsAnswer_AnsweredAgainWithoutASecondRun()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.CallAsync(1, "echo", "1");
        device.Cut();
        TestDevice back = host.Connect();
        Assert.Equal(1, (await back.BindAsync(epoch: 1)).GetProperty("received").GetInt64());

        JsonElement answer = await back.CallAsync(1, "echo", "1");

        Assert.Equal("1", answer.GetProperty("result").GetRawText());
        Assert.Single(host.Events("requestStarted"));
    }

    [Fact]
    [Trait("Museum", "M21")]
    public async Task Request_RunningAcrossTwoLinks_RunsOnceAndIsAnsweredOnTheNewLink()
    {
        var feature = new GatedFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "gated");
        await feature.NextStarted();
        device.Cut();
        TestDevice back = host.Connect();
        await back.BindAsync(epoch: 1);
        await back.RequestAsync(1, "gated");
        await back.CallAsync(2);

        feature.Release(1);

        Assert.Equal(1, (await back.ReceiveAsync()).GetProperty("id").GetInt64());
        Assert.Equal(2, host.Events("requestStarted").Count());
    }

    [Fact]
    [Trait("Museum", "M21")]
    public async Task Request_EndsWhileDeviceIsAway_AnswerIsKept()
    {
        var feature = new GatedFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "gated");
        await feature.NextStarted();
        device.Cut();
        await host.UntilAsync("linkLost");
        feature.Release(1);
        await host.UntilAsync("requestFinished");

        TestDevice back = host.Connect();
        await back.BindAsync(epoch: 1);

        Assert.Equal("1", (await back.CallAsync(1, "gated")).GetProperty("result").GetRawText());
        Assert.Single(host.Events("requestStarted"));
    }

    [Fact]
    public async Task Requests_StartInOrderAndMayEndInAnother()
    {
        var feature = new GatedFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "gated");
        await device.RequestAsync(2, "gated");
        await device.RequestAsync(3, "gated");
        await feature.NextStarted();
        await feature.NextStarted();
        await feature.NextStarted();

        feature.Release(3);
        Assert.Equal(3, (await device.ReceiveAsync()).GetProperty("id").GetInt64());
        feature.Release(1);
        Assert.Equal(1, (await device.ReceiveAsync()).GetProperty("id").GetInt64());
        feature.Release(2);
        Assert.Equal(2, (await device.ReceiveAsync()).GetProperty("id").GetInt64());

        Assert.Equal([1L, 2L, 3L], feature.Started);
    }

    [Fact]
    public async Task Cancel_RunningRequest_AnsweredAsCancelled()
    {
        var feature = new GatedFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "gated");
        await feature.NextStarted();

        await device.NotifyAsync("cancel", """{"id":1}""");

        Assert.Equal(-32800, (await device.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":99}""")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("[]")]
    public async Task Cancel_NothingToCancel_Ignored(string parameters)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.CallAsync(1);
        await device.NotifyAsync("cancel", parameters);

        await device.CallAsync(2);
    }

    [Fact]
    public async Task Answered_InKeepAlive_AnswersAreForgottenAndTheRequestIgnored()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.CallAsync(1);
        await device.CallAsync(2);
        await device.NotifyAsync("keepAlive", """{"answered":1}""");
        await device.RequestAsync(1);

        Assert.Equal(2, (await device.CallAsync(2)).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Answered_InBind_AnswersAreForgotten()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.CallAsync(1);
        TestDevice back = host.Connect();
        await back.BindAsync(epoch: 1, answered: 1);
        await back.RequestAsync(1);

        Assert.Equal(2, (await back.CallAsync(2)).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Answered_BeyondWhatWasReceived_LaterRequestsStillRun()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.NotifyAsync("keepAlive", """{"answered":1000}""");

        await device.CallAsync(1);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":-1,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"echo"}""")]
    [InlineData("""{"id":1,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"echo"}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo"} x""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""")]
    [InlineData("7")]
    [InlineData("")]
    public async Task Frame_Malformed_ClosedAndBindingLivesOn(string frame)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendAsync(frame);
        await device.ExpectCloseAsync(4400);

        Assert.True((await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task Frame_InvalidUtf8_Closed()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendBytesAsync([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

        await device.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Frame_NestedTooDeep_Closed()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "echo", new string('[', 100) + new string(']', 100));

        await device.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Frame_Binary_ClosedWhereNoFeatureTakesIt()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendBinaryAsync([1, 2, 3]);

        await device.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Notification_Unknown_Ignored()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.NotifyAsync("somethingNew", """{"x":1}""");

        await device.CallAsync(1);
    }

    [Fact]
    public async Task Member_Unknown_Ignored()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendAsync("""{"trace":{"a":[1]},"jsonrpc":"2.0","id":1,"params":1,"method":"echo","more":null}""");

        Assert.Equal("1", (await device.ReceiveAsync()).GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Unbind_WhileRequestsRun_TheyAreAnsweredFirst()
    {
        var feature = new GatedFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "gated");
        await device.RequestAsync(2, "unbind");

        JsonElement first = await device.ReceiveAsync();
        Assert.Equal(1, first.GetProperty("id").GetInt64());
        Assert.Equal(-32800, first.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(2, (await device.ReceiveAsync()).GetProperty("id").GetInt64());
        await device.ExpectCloseAsync(1000);
        Assert.Equal([1L], feature.Cancelled);
    }

    [Fact]
    public async Task Unbind_RequestBehindItHasNotStarted_AnsweredAsCancelledAndNeverRun()
    {
        await using var host = new HostFixture(null, new ReentrantFeature());
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "reenter");

        long[] answered = [await IdAsync(), await IdAsync(), await IdAsync()];
        Assert.Equal([1L, 3L, 2L], answered);
        await device.ExpectCloseAsync(1000);
        Assert.Equal([1L, 2L], host.Events("requestStarted").Select(started => (long)started["id"]!));
        Assert.Equal([1L, 2L], host.Events("requestFinished").Select(finished => (long)finished["id"]!));

        async Task<long> IdAsync() => (await device.ReceiveAsync()).GetProperty("id").GetInt64();
    }

    [Fact]
    public async Task Feature_Throws_ErrorAndHostLivesOn()
    {
        await using var host = new HostFixture(null, new ThrowingFeature());
        TestDevice device = await host.BindAsync();

        Assert.Equal(-32603, (await device.CallAsync(1, "throw")).GetProperty("error").GetProperty("code").GetInt32());
        await device.CallAsync(2);
    }

    [Theory]
    [InlineData("keepAlive")]
    [InlineData("cancel")]
    public async Task Notification_NameOfAMemberIsNoUnicode_4400AndTheBindingLivesOn(string method)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        await device.NotifyAsync(method, """{"\ud800ab":1}""");

        await device.ExpectCloseAsync(4400);
        Assert.True((await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    private sealed class ThrowingFeature : IHostFeature
    {
        public string? Name => null;

        public IReadOnlyCollection<string> Methods => ["throw"];

        public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => throw new InvalidDataException(Encoding.UTF8.WebName);

        public void OnBindingEnded(HostBinding binding)
        {
        }
    }

    /// <summary>While its request is being started, an unbind and another request arrive behind it.</summary>
    private sealed class ReentrantFeature : IHostFeature
    {
        public string? Name => null;

        public IReadOnlyCollection<string> Methods => ["reenter"];

        public ValueTask<HostAnswer> InvokeAsync(HostRequest request)
        {
            request.Session.Receive(request.Binding.Connection!, request.Binding, new InboundFrame("unbind", 2, default), out _);
            request.Session.Receive(request.Binding.Connection!, request.Binding, new InboundFrame("echo", 3, default), out _);
            return new(HostAnswer.Empty);
        }

        public void OnBindingEnded(HostBinding binding)
        {
        }
    }
}
