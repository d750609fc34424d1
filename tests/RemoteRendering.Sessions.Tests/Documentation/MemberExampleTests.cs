using System.Net;
using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>The examples in documentation comments are the snippets of <see cref="MemberExamples"/>, which compile and run.</summary>
public partial class MemberExampleTests
{
    [Fact]
    public void EachExample_IsACompiledSnippet_AndEachSnippetAnExample()
    {
        string[] shown = [
            .. Sources("src").SelectMany(static text => Example().Matches(text))
            .Select(static match => Text(match.Groups["code"].Value, "///"))
        ];
        string[] compiled = [
            .. Snippet().Matches(Read(Repository.PathOf("tests/RemoteRendering.Sessions.Tests/Documentation/MemberExamples.cs")))
            .Select(static match => Text(match.Groups["code"].Value, string.Empty))
        ];

        Assert.Equal(12, compiled.Length);
        Assert.Equal(compiled.Order(StringComparer.Ordinal), shown.Distinct().Order(StringComparer.Ordinal));
    }

    private static string Text(string code, string prefix)
    {
        string[] lines = [
            .. code.TrimEnd().Split('\n')
            .Select(line => WebUtility.HtmlDecode(prefix.Length == 0 ? line : line.TrimStart()[prefix.Length..]))
        ];
        int indent = lines.Where(static line => line.Trim().Length > 0).Min(static line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : string.Empty));
    }

    private static IEnumerable<string> Sources(string folder)
        => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .Select(Read);

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    [GeneratedRegex(@"/// <example>\n\s*/// <code>\n(?<code>.*?)^\s*/// </code>", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"// snippet: member-[a-z]+\n(?<code>.*?)^\s*// end snippet", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Snippet();
}
