using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions.Tests.Rest;

public sealed class WireTextTests
{
    private delegate string? TextReader(ref Utf8JsonReader reader, string member);

    [Theory]
    [InlineData("\"Ready\"", "Ready")]
    [InlineData("\"Starting\"", "Starting")]
    [InlineData("\"Standard\"", "Standard")]
    [InlineData("\"Premium\"", "Premium")]
    [InlineData("\"ready\"", "ready")]
    [InlineData("\"READY \"", "READY ")]
    [InlineData("\"\\u0052eady\"", "Ready")]
    [InlineData("\"Hibernating\"", "Hibernating")]
    [InlineData("\"\"", "")]
    [InlineData("null", null)]
    public void ReadStatusAndSize_OfAText_AreThatText(string json, string? expected)
    {
        Assert.Equal(expected, Read(json, WireText.ReadStatus));
        Assert.Equal(expected, Read(json, WireText.ReadSize));
    }

    [Theory]
    [InlineData("7", "m is a number; it must be a string.")]
    [InlineData("true", "m is a boolean; it must be a string.")]
    [InlineData("[]", "m is an array; it must be a string.")]
    [InlineData("{}", "m is an object; it must be a string.")]
    public void ReadStatusAndSize_OfAnotherValue_AreRefusedByName(string json, string problem)
    {
        Assert.Equal(problem, Assert.Throws<JsonException>(() => Read(json, WireText.ReadStatus)).Message);
        Assert.Equal(problem, Assert.Throws<JsonException>(() => Read(json, WireText.ReadSize)).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Require_OfNothing_IsRefusedByName(string? value)
    {
        Assert.Equal("m is missing.", Assert.Throws<JsonException>(() => WireText.Require(value, "m")).Message);
        Assert.Equal("m is missing.", Assert.Throws<JsonException>(() => WireText.Status(value, "m")).Message);
        Assert.True(WireText.Size(value).IsNone);
    }

    [Fact]
    public void StatusAndSize_OfAText_KeepIt()
    {
        Assert.Equal("x", WireText.Require("x", "m"));
        Assert.Equal("hibernating", WireText.Status("hibernating", "m").ToString());
        Assert.Equal("tiny", WireText.Size("tiny").ToString());
    }

    private static string? Read(string json, TextReader read)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"m":{{json}}}"""));
        Assert.True(reader.Read() && reader.Read());
        string? text = read(ref reader, "m");
        Assert.True(reader.Read());
        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        return text;
    }
}
