using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Links;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Requests;

public class BinaryRequestTests
{
    [Fact]
    public async Task Batch_Bound_AnsweredInABinaryFrame()
    {
        await using var host = new HostFixture(null, new BinaryFeature());
        TestDevice device = await host.BindAsync();
        await device.SendBinaryAsync(BinaryFeature.Batch(1, 1, 2, 3));

        HostMessage answer = await device.ReceiveMessageAsync();

        Assert.Equal(HostMessageKind.Binary, answer.Kind);
        Assert.Equal([16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 2, 1], answer.Payload.ToArray());
        Assert.Equal("batch", host.Events("requestStarted").Single()["method"]);
    }

    [Fact]
    public async Task Batch_AmongTexts_OneSequenceOfIds()
    {
        await using var host = new HostFixture(null, new BinaryFeature());
        TestDevice device = await host.BindAsync();

        await device.CallAsync(1);
        await device.SendBinaryAsync(BinaryFeature.Batch(2, 9));
        Assert.Equal(2, BinaryFeature.IdOf(await device.ReceiveMessageAsync()));
        await device.CallAsync(3);
    }

    [Fact]
    public async Task Batch_SentAgainAfterAResume_AnsweredAgainWithoutASecondRun()
    {
        var feature = new BinaryFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.SendBinaryAsync(BinaryFeature.Batch(1, 1, 2));
        byte[] first = (await device.ReceiveMessageAsync()).Payload.ToArray();
        device.Cut();
        TestDevice back = await host.BindAsync(epoch: 1);
        await back.SendBinaryAsync(BinaryFeature.Batch(1, 1, 2));

        Assert.Equal(first, (await back.ReceiveMessageAsync()).Payload.ToArray());
        Assert.Single(feature.Requests);
        Assert.Equal(1, feature.Resumes);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("010000000000000001000000000000")]
    [InlineData("01010000000000000100000000000000")]
    [InlineData("01000100000000000100000000000000")]
    [InlineData("01000001000000000100000000000000")]
    [InlineData("00000000000000000100000000000000")]
    [InlineData("02000000000000000100000000000000")]
    [InlineData("10000000000000000100000000000000")]
    [InlineData("11000000000000000100000000000000")]
    [InlineData("7b000000000000000100000000000000")]
    [InlineData("01000000000000000000000000000000")]
    [InlineData("010000000000000001000000000000ff")]
    [InlineData("01000000000000000200000000000000")]
    [InlineData("01000000010000000100000000000000")]
    [InlineData("0100000000000000010000000000000055")]
    public async Task BinaryFrame_Malformed_4400(string frame)
    {
        await using var host = new HostFixture(null, new BinaryFeature());
        TestDevice device = await host.BindAsync();
        await device.SendBinaryAsync(Convert.FromHexString(frame));

        await device.ExpectCloseAsync(4400);
        Assert.Empty(host.Events("requestStarted"));
    }

    [Fact]
    public async Task Batch_HostWithoutTheFeature_4400()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.SendBinaryAsync(BinaryFeature.Batch(1));

        await device.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Batch_OnAnOlderLink_Fenced()
    {
        var feature = new BinaryFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await host.BindAsync(epoch: 1);
        await device.SendBinaryAsync(BinaryFeature.Batch(1));

        await host.UntilAsync("frameFenced");
        Assert.Empty(feature.Requests);
    }

    [Fact]
    public async Task Batch_LinkDelaysFrames_ArrivesAndIsAnswered()
    {
        await using var host = new HostFixture(null, new BinaryFeature());
        TestDevice device = await host.BindAsync();
        host.HostFaults.Delay(TimeSpan.FromMilliseconds(1));
        host.HostFaults.Delay(TimeSpan.Zero);
        await device.SendBinaryAsync(BinaryFeature.Batch(1, 7));

        Assert.Equal(HostMessageKind.Binary, (await device.ReceiveMessageAsync()).Kind);
    }

    [Fact]
    public async Task Batch_JsonRequestOfThatName_MethodNotFound()
    {
        await using var host = new HostFixture(null, new BinaryFeature());
        TestDevice device = await host.BindAsync();

        Assert.Equal(-32601, (await device.CallAsync(1, "batch")).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Notify_RequestRuns_ArrivesBeforeTheAnswer()
    {
        var feature = new BinaryFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "slow");

        JsonElement progress = await device.ReceiveAsync();
        Assert.Equal("""{"jsonrpc":"2.0","method":"progress","params":{"id":1,"value":0.5}}""", progress.GetRawText());
        feature.Slow.SetResult();
        Assert.Equal(1, (await device.ReceiveAsync()).GetProperty("id").GetInt64());
        HostRequest request = Assert.Single(feature.Requests);
        request.Session.Notify(request, HostFrames.Progress(1, 1));
        await device.CallAsync(2);
    }

    [Fact]
    public async Task NotifyIfIdle_NoLink_Dropped()
    {
        var feature = new BinaryFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        await device.SendBinaryAsync(BinaryFeature.Batch(1));
        await device.ReceiveMessageAsync();
        HostRequest request = Assert.Single(feature.Requests);
        OutboundFrame preview = HostBinaryFrame.Write(17, 1, 1, [5]);

        Assert.True(request.Session.NotifyIfIdle(request.Binding, preview));
        Assert.Equal(17, (await device.ReceiveMessageAsync()).Payload.Span[0]);
        device.Cut();
        await host.UntilAsync("linkLost");
        Assert.False(request.Session.NotifyIfIdle(request.Binding, preview));
    }
}
