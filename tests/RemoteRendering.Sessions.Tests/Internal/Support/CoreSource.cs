using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Tests.Internal.Support;

/// <summary>The source of the core by path, without comments and strings, for rules that no analyzer has.</summary>
internal static partial class CoreSource
{
    public static IReadOnlyDictionary<string, string> Files()
    {
        string root = Root();
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(static path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .ToDictionary(static path => path, path => CommentsAndStrings().Replace(File.ReadAllText(Path.Combine(root, path)), string.Empty));
    }

    /// <summary>Reads one file as it is.</summary>
    public static string ReadWithStrings(string path) => File.ReadAllText(Path.Combine(Root(), path));

    private static string Root([CallerFilePath] string here = "")
    {
        string directory = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(directory, "RemoteRendering.Sessions.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return Path.Combine(directory, "src", "RemoteRendering.Sessions");
    }

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentsAndStrings();
}
