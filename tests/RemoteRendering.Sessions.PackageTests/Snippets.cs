using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.PackageTests;

/// <summary>
/// Examples in pages are copies of compiled code. Code marks them with <c>// snippet: name</c> and <c>// end snippet</c>;
/// a page puts <c>&lt;!-- snippet: name --&gt;</c> on the line before the fence.
/// </summary>
internal static partial class Snippets
{
    private static readonly string[] CodeFolders = ["src", "tests", "samples", "benchmarks"];

    public static IReadOnlyDictionary<string, string> InCode { get; } = CodeFolders
        .SelectMany(folder => Files(folder, "*.cs"))
        .SelectMany(path => Region().Matches(Read(path)))
        .ToDictionary(match => match.Groups["name"].Value, match => Dedent(match.Groups["code"].Value));

    public static IEnumerable<string> Pages => CodeFolders
        .SelectMany(folder => Files(folder, "*.md"))
        .Concat(Directory.GetFiles(Repository.Root, "*.md"))
        .Concat(Files(".github", "*.md"))
        .Select(path => Path.GetRelativePath(Repository.Root, path));

    /// <summary>Finds the C# examples of a page: the name in the mark before it, if there is one, and the text.</summary>
    public static IEnumerable<(string? Name, string Code)> InPage(string page) => Fence().Matches(Read(Path.Combine(Repository.Root, page)))
        .Select(match => (match.Groups["name"].Success ? match.Groups["name"].Value : null, match.Groups["code"].Value.TrimEnd('\n')));

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static IEnumerable<string> Files(string folder, string pattern)
    {
        string root = Path.Combine(Repository.Root, folder);
        string[] built = ["/bin/", "/obj/"];
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
                .Where(path => !built.Any(part => path.Replace('\\', '/').Contains(part, StringComparison.Ordinal)))
            : [];
    }

    private static string Dedent(string code)
    {
        string[] lines = code.TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(
        @"^[ ]*// snippet: (?<name>[a-z0-9-]+)\n(?<code>.*?)^[ ]*// end snippet", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(
        @"(?:^<!-- snippet: (?<name>[a-z0-9-]+) -->\n)?^```(?:csharp|cs|c#)[^\n]*\n(?<code>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
