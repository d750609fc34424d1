using System.Globalization;
using CsCheck;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class HostWordsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \r\n\t ", null)]
    [InlineData("because", "because")]
    [InlineData("  one \r\n two  ", "one two")]
    [InlineData("red\u001b[31m\u0007", "red [31m")]
    [InlineData("turned\u202Eround", "turned round")]
    [InlineData("Größe 📏", "Größe 📏")]
    public void Clean_GivesWhatCanBeShown(string? text, string? expected) => Assert.Equal(expected, HostWords.Clean(text));

    [Fact]
    public void Clean_LongText_IsClipped()
    {
        string? clean = HostWords.Clean(new string('x', 1_000_000));

        Assert.Equal(new string('x', 256) + "…", clean);
        Assert.Equal(new string('x', 256), HostWords.Clean(new string('x', 256)));
        Assert.Equal("half", HostWords.Clean("half \uD83D"));
        Assert.Equal(new string('x', 255) + "…", HostWords.Clean(new string('x', 255) + "📏"));
    }

    [Fact]
    public void Clean_AnyText_IsShortAndHasNoControlCharacters()
        => Gen.String[Gen.Char, 0, 600].Sample(text =>
        {
            string clean = HostWords.Clean(text) ?? string.Empty;
            return clean.Length <= 257
                && clean.All(character => char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format));
        });
}
