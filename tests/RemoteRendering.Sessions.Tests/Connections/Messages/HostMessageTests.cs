using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class HostMessageTests
{
    private const string Neither = "The message must be a notification or an answer of JSON-RPC 2.0.";
    private const string WrongId = "The id must be an integer of at least zero.";
    private const string WrongMethod = "The method must be a string.";
    private const string NoObject = "The message must be an object.";

    [Theory]
    [InlineData("keepAlive", nameof(HostMessageMethod.KeepAlive))]
    [InlineData("progress", nameof(HostMessageMethod.Progress))]
    [InlineData("goodbye", nameof(HostMessageMethod.Goodbye))]
    [InlineData("fanfare", nameof(HostMessageMethod.Unknown))]
    public void Parse_Notification_KnowsTheMethod(string method, string expected)
    {
        HostMessage message = Parse($$"""{"jsonrpc":"2.0","method":"{{method}}"}""");

        Assert.Equal(expected, message.Method.ToString());
        Assert.Equal(-1, message.Id);
        Assert.False(message.HasParameters || message.HasResult || message.HasError);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"id":9,"a":[1]}}""", 7, true)]
    [InlineData("""{"result":{"id":9,"a":[1]},"id":7,"jsonrpc":"2.0"}""", 7, true)]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":null}""", 0, true)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":1}}""", 7, false)]
    [InlineData("""{"error":{"code":1,"data":{"id":9}},"id":7,"jsonrpc":"2.0"}""", 7, false)]
    [InlineData("""{"jsonrpc":"2.0","id":0,"error":{}}""", 0, false)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{}}""", -1, false)]
    [InlineData("""{"jsonrpc":"2.0","error":{}}""", -1, false)]
    [InlineData("""{"trace":{"id":9,"a":[1]},"id":7,"tags":["id",9],"jsonrpc":"2.0","mood":"id","result":1}""", 7, true)]
    public void Parse_Answer_InWhateverOrder_HasItsIdAndItsKind(string json, long id, bool isResult)
    {
        HostMessage message = Parse(json);

        Assert.Equal(HostMessageMethod.None, message.Method);
        Assert.Equal(id, message.Id);
        Assert.Equal(isResult, message.HasResult);
        Assert.Equal(!isResult, message.HasError);
    }

    [Fact]
    public void Parse_Parts_ReadersStandOnTheFirstTokenOfTheirValue()
    {
        HostMessage notification = Parse("""{"params":{"id":3},"method":"progress","jsonrpc":"2.0"}""");
        Assert.True(notification.HasParameters);
        Assert.Equal(JsonTokenType.StartObject, notification.Parameters.TokenType);
        Assert.Equal(JsonTokenType.Number, Parse("""{"jsonrpc":"2.0","id":1,"result":5}""").Result.TokenType);
        Assert.Equal(JsonTokenType.StartArray, Parse("""{"jsonrpc":"2.0","id":1,"error":[]}""").Error.TokenType);
    }

    [Theory]
    [InlineData("[]", NoObject)]
    [InlineData("[{}]", NoObject)]
    [InlineData("7", NoObject)]
    [InlineData("null", NoObject)]
    [InlineData("{}", Neither)]
    [InlineData("""{"jsonrpc":"2.0"}""", Neither)]
    [InlineData("""{"id":1,"result":1}""", Neither)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"result":1}""", Neither)]
    [InlineData("""{"jsonrpc":2.0,"id":1,"result":1}""", Neither)]
    [InlineData("""{"jsonrpc":"1.0","method":"keepAlive"}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","id":0}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":1,"error":{}}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","result":1,"error":{}}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","result":1}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":1}""", Neither)]
    [InlineData("""{"jsonrpc":"2.0","id":-1,"error":{}}""", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"result":1}""", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":9223372036854775808,"result":1}""", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":1}""", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","method":7}""", WrongMethod)]
    [InlineData("""{"jsonrpc":"2.0","method":null}""", WrongMethod)]
    [InlineData("""{"jsonrpc":"2.0","method":{}}""", WrongMethod)]
    public void Parse_JsonThatIsNoMessage_IsRefused(string json, string sentence)
        => Assert.Equal(sentence, Assert.Throws<FormatException>(() => { _ = Parse(json); }).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"jsonrpc":"2.0","method":"keepAlive"} {}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":}}""")]
    public void Parse_NoJson_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => { _ = Parse(json); });

    private static HostMessage Parse(string json) => HostMessage.Parse(Encoding.UTF8.GetBytes(json));
}
