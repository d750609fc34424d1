using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Tests.Internal.Support;

/// <summary>The source of the core by path, without comments and strings, for rules that no analyzer has.</summary>
internal static partial class CoreSource
{
    private static readonly string Root = Repository.PathOf("src/RemoteRendering.Sessions");

    public static IReadOnlyDictionary<string, string> Files()
    {
        string root = Root;
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(static path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .ToDictionary(
                static path => path, path => CommentsAndStrings().Replace(File.ReadAllText(Path.Combine(root, path)), string.Empty));
    }

    /// <summary>Reads one file as it is.</summary>
    public static string ReadWithStrings(string path) => File.ReadAllText(Path.Combine(Root, path));

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentsAndStrings();
}
