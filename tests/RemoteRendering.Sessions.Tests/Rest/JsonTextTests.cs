using System.Text.Json;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions.Tests.Rest;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Standard")]
    [InlineData("a\"b\\c/d")]
    [InlineData("\",\"size\":\"Premium")]
    [InlineData("line\r\nbreak\tand\0null")]
    [InlineData("<script>&'")]
    [InlineData("Größe 日本 🙂")]
    [InlineData("https://a.example/?x=1&y=2#z")]
    public void Quote_OfAnyText_IsOneStringThatReadsTheSame(string text)
    {
        string quoted = JsonText.Quote(text);

        using var document = JsonDocument.Parse($$"""{"a":{{quoted}},"b":7}""");
        Assert.Equal(["a", "b"], document.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(text, document.RootElement.GetProperty("a").GetString());
        Assert.DoesNotContain('\n', quoted);
    }
}
