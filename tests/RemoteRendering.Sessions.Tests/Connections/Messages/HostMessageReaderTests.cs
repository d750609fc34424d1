using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class HostMessageReaderTests
{
    private const string LacksAMember = "The answer to 'bind' has a missing or invalid member.";
    private const string BindAnswer =
        """{"protocol":1,"epoch":4,"link":5,"resumed":true,"sceneKept":true,"received":17,"graceMs":30000,"keepAliveMs":"""
        + """5000,"deadAfterMs":15000,"maxMessageBytes":2048,"features":["scene","upload"]}""";

    [Fact]
    public void ReadBindAnswer_AllMembers_AreRead()
    {
        BindAnswer answer = HostMessageReader.ReadBindAnswer(Reader(BindAnswer));

        Assert.Equal(4, answer.Epoch);
        Assert.Equal(5, answer.Link);
        Assert.True(answer.Resumed);
        Assert.True(answer.SceneKept);
        Assert.Equal(17, answer.Received);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Grace);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.KeepAlive);
        Assert.Equal(TimeSpan.FromSeconds(15), answer.DeadAfter);
        Assert.Equal(2048, answer.MaxMessageBytes);
        Assert.Equal(["scene", "upload"], answer.Features);
    }

    [Theory]
    [InlineData("\"protocol\":1,", "", LacksAMember)]
    [InlineData("\"protocol\":1", "\"protocol\":\"1\"", "A value is String; it must be Number.")]
    [InlineData("\"epoch\":4,", "", LacksAMember)]
    [InlineData("\"link\":5", "\"link\":0", LacksAMember)]
    [InlineData("\"keepAliveMs\":5000", "\"keepAliveMs\":15000", LacksAMember)]
    [InlineData("\"maxMessageBytes\":2048", "\"maxMessageBytes\":1023", LacksAMember)]
    [InlineData("\"maxMessageBytes\":2048", "\"maxMessageBytes\":-4294965248", LacksAMember)]
    [InlineData("\"epoch\":4", "\"epoch\":\"4\"", "A value is String; it must be Number.")]
    [InlineData("\"epoch\":4", "\"epoch\":4.5", "A number must be a 64-bit integer.")]
    [InlineData("\"epoch\":4", "\"epoch\":9223372036854775808", "A number must be a 64-bit integer.")]
    [InlineData("\"resumed\":true", "\"resumed\":1", "A value must be a boolean.")]
    [InlineData("\"sceneKept\":true", "\"sceneKept\":null", "A value must be a boolean.")]
    [InlineData("\"graceMs\":30000", "\"graceMs\":-1", "A duration must not be negative.")]
    [InlineData("\"received\":17", "\"received\":-1", LacksAMember)]
    [InlineData("\"scene\"", "7", "A value is Number; it must be String.")]
    [InlineData("\"scene\"", "null", "A value is Null; it must be String.")]
    [InlineData("[\"scene\",\"upload\"]", "{}", "A value is StartObject; it must be StartArray.")]
    public void ReadBindAnswer_OneMemberThatIsWrong_IsRefused(string part, string instead, string sentence)
        => Assert.Equal(
            sentence,
            Assert.Throws<FormatException>(() => HostMessageReader.ReadBindAnswer(Reader(BindAnswer.Replace(part, instead)))).Message);

    /// <summary>Whatever else the answer has, and has not: another version may look different.</summary>
    [Theory]
    [InlineData("""{"protocol":2}""")]
    [InlineData("""{"epoch":"four","protocol":2}""")]
    [InlineData("""{"features":{"protocol":1},"protocol":0}""")]
    [InlineData("""{"protocol":1.5,"epoch":4}""")]
    [InlineData("""{"protocol":99999999999999999999}""")]
    public void ReadBindAnswer_AnotherVersion_SaysSo(string answer)
        => Assert.Equal(
            RenderingConnectionReason.ProtocolVersionMismatch,
            Assert.Throws<RenderingConnectionException>(() => HostMessageReader.ReadBindAnswer(Reader(answer))).Reason);

    [Theory]
    [InlineData("\"graceMs\":30000", "\"graceMs\":0", 0, 2048)]
    [InlineData("\"graceMs\":30000", "\"graceMs\":86400000", 86400, 2048)]
    [InlineData("\"graceMs\":30000", "\"graceMs\":86400001", 86400, 2048)]
    [InlineData("\"graceMs\":30000", "\"graceMs\":9223372036854775807", 86400, 2048)]
    [InlineData("\"maxMessageBytes\":2048", "\"maxMessageBytes\":1024", 30, 1024)]
    [InlineData("\"maxMessageBytes\":2048", "\"maxMessageBytes\":4294967296", 30, int.MaxValue)]
    [InlineData(",\"maxMessageBytes\":2048", "", 30, 1024 * 1024)]
    [InlineData("\"graceMs\"", "\"news\":{\"graceMs\":1,\"more\":[2]},\"list\":[3],\"graceMs\"", 30, 2048)]
    public void ReadBindAnswer_LimitsAndUnknownMembers_AreTaken(string part, string instead, int graceSeconds, int maxMessageBytes)
    {
        BindAnswer answer = HostMessageReader.ReadBindAnswer(Reader(BindAnswer.Replace(part, instead)));

        Assert.Equal(TimeSpan.FromSeconds(graceSeconds), answer.Grace);
        Assert.Equal(maxMessageBytes, answer.MaxMessageBytes);
        Assert.Equal(["scene", "upload"], answer.Features);
    }

    [Theory]
    [InlineData("{}", "", false, 0, null)]
    [InlineData("""{"reason":"Maintenance","comeBack":true,"afterMs":2000,"retryAfterMs":3000}""", "Maintenance", true, 2, 3)]
    [InlineData(
        """{"why":{"reason":"TakenOver","deep":{}},"who":["TakenOver"],"reason":"Maintenance","comeBack":false}""", "Maintenance", false, 0,
        null)]
    public void ReadGoodbye_Members_AreRead(string json, string word, bool comeBack, int afterSeconds, int? retryAfterSeconds)
    {
        Goodbye goodbye = HostMessageReader.ReadGoodbye(Reader(json));

        Assert.Equal(word, goodbye.Reason);
        Assert.Equal(comeBack, goodbye.ComeBack);
        Assert.Equal(afterSeconds, goodbye.After.TotalSeconds);
        Assert.Equal(retryAfterSeconds, goodbye.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("[]", "A value is StartArray; it must be StartObject.")]
    [InlineData("\"Maintenance\"", "A value is String; it must be StartObject.")]
    [InlineData("""{"reason":null}""", "A value is Null; it must be String.")]
    [InlineData("""{"reason":7}""", "A value is Number; it must be String.")]
    public void ReadGoodbye_WrongForm_IsRefused(string json, string sentence)
        => Assert.Equal(sentence, Assert.Throws<FormatException>(() => HostMessageReader.ReadGoodbye(Reader(json))).Message);

    [Theory]
    [InlineData("{}", 0, 0)]
    [InlineData("""{"id":3,"value":0.25}""", 3, 0.25)]
    [InlineData("""{"step":{"id":9,"value":0.9},"value":1,"steps":[9],"id":3}""", 3, 1)]
    public void ReadProgress_Members_AreRead(string json, long id, double value)
        => Assert.Equal((id, value), HostMessageReader.ReadProgress(Reader(json)));

    [Theory]
    [InlineData("[1]", "A value is StartArray; it must be StartObject.")]
    [InlineData("""{"id":true}""", "A value is True; it must be Number.")]
    [InlineData("""{"id":3,"value":"0.25"}""", "A value is String; it must be Number.")]
    public void ReadProgress_WrongForm_IsRefused(string json, string sentence)
        => Assert.Equal(sentence, Assert.Throws<FormatException>(() => HostMessageReader.ReadProgress(Reader(json))).Message);

    [Theory]
    [InlineData("{}", 0, "", null, null)]
    [InlineData("""{"code":1503,"message":"Not now.","data":{"reason":"Busy","retryAfterMs":3000}}""", 1503, "Not now.", "Busy", 3)]
    [InlineData(
        """{"data":{"deep":{"reason":"x","a":[1]},"list":[1],"retryAfterMs":3000,"reason":"Busy"},"code":1503}""", 1503, "", "Busy", 3)]
    [InlineData("""{"extra":{"code":1,"deep":{}},"list":[{"code":1}],"data":[{"reason":"x"}],"code":1503}""", 1503, "", null, null)]
    [InlineData("""{"data":{"reason":7,"retryAfterMs":"soon"},"code":1503}""", 1503, "", null, null)]
    [InlineData("""{"data":{"reason":{"reason":"x"},"retryAfterMs":[1]},"code":1503}""", 1503, "", null, null)]
    [InlineData("""{"code":4294967296}""", int.MaxValue, "", null, null)]
    [InlineData("""{"code":-4294967297}""", int.MinValue, "", null, null)]
    public void ReadError_Members_AreRead(string json, int code, string message, string? reason, int? retryAfterSeconds)
    {
        HostError error = HostMessageReader.ReadError(Reader(json));

        Assert.Equal(code, error.Code);
        Assert.Equal(message, error.Message);
        Assert.Equal(reason, error.Reason);
        Assert.Equal(retryAfterSeconds, error.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("null", "A value is Null; it must be StartObject.")]
    [InlineData("""["code",1]""", "A value is StartArray; it must be StartObject.")]
    [InlineData("""{"code":"1"}""", "A value is String; it must be Number.")]
    [InlineData("""{"message":null}""", "A value is Null; it must be String.")]
    [InlineData("""{"data":{"retryAfterMs":-1}}""", "A duration must not be negative.")]
    public void ReadError_WrongForm_IsRefused(string json, string sentence)
        => Assert.Equal(sentence, Assert.Throws<FormatException>(() => HostMessageReader.ReadError(Reader(json))).Message);

    [Fact]
    public void ReadBindAnswer_NoObject_IsRefused()
        => Assert.Equal(
            "A value is StartArray; it must be StartObject.",
            Assert.Throws<FormatException>(() => HostMessageReader.ReadBindAnswer(Reader("[]"))).Message);

    /// <summary>On the first token, as the readers of a message stand.</summary>
    private static Utf8JsonReader Reader(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Assert.True(reader.Read());
        return reader;
    }
}
