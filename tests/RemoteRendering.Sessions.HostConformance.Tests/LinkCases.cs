using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 1 of the protocol: the link.</summary>
[Collection(HostConformanceCollection.Name)]
public class LinkCases(HostUnderTest host)
{
    [Fact]
    public async Task Upgrade_GoodToken_SelectsTheSubProtocol()
    {
        using DeviceLink link = await host.OpenAsync();

        Assert.Equal("rrs.host.v1", link.SubProtocol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-a-token")]
    public async Task Upgrade_TokenMissingOrWrong_401(string? token)
    {
        using ClientWebSocket socket = DeviceLink.CreateSocket(token);
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(host.Address, CancellationToken.None).WaitAsync(DeviceLink.Patience));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Theory]
    [InlineData("this is not JSON")]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"echo"}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"echo"}]""")]
    public async Task Frame_Malformed_4400AndTheBindingLivesOn(string frame)
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();

        await link.SendAsync(frame);

        await link.ExpectCloseAsync(4400);
        using DeviceLink back = await host.OpenAsync();
        Assert.True((await back.BindAsync(binding.Epoch)).Resumed);
        await back.LeaveAsync(1);
    }

    [Fact]
    public async Task Frame_BinaryWithoutAWholeHead_4400()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();

        await link.SendBytesAsync([1, 2, 3], WebSocketMessageType.Binary);

        await link.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task Frame_LargerThanTheHostSays_1009()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();

        await link.RequestAsync(1, "echo", $"\"{new string('x', binding.MaxMessageBytes)}\"");

        await link.ExpectCloseAsync(1009);
    }

    [Fact]
    public async Task Frame_AsLargeAsTheHostSays_Taken()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        const string Around = """{"jsonrpc":"2.0","id":1,"method":"echo","params":""}""";
        string text = new('x', binding.MaxMessageBytes - Around.Length);

        await link.SendAsync(Around.Replace("\"\"", $"\"{text}\"", StringComparison.Ordinal));

        Assert.Equal(text.Length, (await link.ReceiveAsync()).GetProperty("result").GetString()!.Length);
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Frame_InPieces_IsOneMessage()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();
        byte[] frame = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"echo","params":"a\u00e9"}""");

        foreach (byte piece in frame[..^1])
        {
            await link.SendBytesAsync([piece], WebSocketMessageType.Text, endOfMessage: false);
        }

        await link.SendBytesAsync(frame[^1..], WebSocketMessageType.Text);

        Assert.Equal("a\u00e9", (await link.ReceiveAsync()).GetProperty("result").GetString());
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Frame_UnknownMembersAndNotifications_Ignored()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync(more: ",\"futureMember\":{\"a\":[1]}");
        await link.NotifyAsync("futureNotification", """{"x":1}""");

        await link.SendAsync("""{"future":[{}],"params":5,"method":"echo","id":1,"jsonrpc":"2.0"}""");

        Assert.Equal(5, (await link.ReceiveAsync()).GetProperty("result").GetInt32());
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Frame_FirstIsNoBind_AnsweredAndClosed()
    {
        using DeviceLink link = await host.OpenAsync();

        JsonElement answer = await AnswerAsync(link, """{"jsonrpc":"2.0","id":1,"method":"echo"}""");

        Assert.Equal(-32600, answer.GetProperty("error").GetProperty("code").GetInt32());
        await link.ExpectCloseAsync(4400);
    }

    private static async Task<JsonElement> AnswerAsync(DeviceLink link, string frame)
    {
        await link.SendAsync(frame);
        return await link.ReceiveAsync();
    }
}
