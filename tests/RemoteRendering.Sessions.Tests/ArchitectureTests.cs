using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Tests;

/// <summary>Holds the map of the core: who may know whom. Folders know the ones on the lines below theirs, never the other way round.</summary>
public partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Internal"] = [],
        ["Diagnostics"] = ["Internal"],
        ["Models"] = ["Internal"],
        ["Pipeline"] = ["Diagnostics", "Internal", "Models"],
        ["Transports"] = ["Connections", "Pipeline", "Diagnostics", "Internal"],
        ["Rest"] = ["Pipeline", "Diagnostics", "Internal", "Models"],
        ["Leases"] = ["Rest", "Pipeline", "Diagnostics", "Internal", "Models"],
        ["Storage"] = ["Diagnostics", "Models", "Internal"],
        ["Observation"] = ["Rest", "Pipeline", "Diagnostics", "Internal", "Models"],
        ["Connections/Controller"] = ["Diagnostics", "Internal", "Connections"],
        ["Connections"] = ["Connections/Controller", "Transports", "Leases", "Pipeline", "Diagnostics", "Internal", "Models"],
        ["Scene"] = ["Connections", "Diagnostics", "Internal", "Models"],
    };

    [Fact]
    public void Folders_KnowOnlyThoseBelowThem()
    {
        Dictionary<string, string> files = SourceFiles();
        var foldersOfType = new Dictionary<string, HashSet<string>>();
        foreach ((string path, string text) in files)
        {
            foreach (Match match in Declaration().Matches(text))
            {
                // A type may have parts in several folders: then it is enough to know one of them.
                string name = match.Groups["name"].Value;
                foldersOfType.TryAdd(name, []);
                foldersOfType[name].Add(Folder(path));
            }
        }

        var broken = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((string path, string text) in files)
        {
            string folder = Folder(path);
            if (!MayKnow.TryGetValue(folder, out string[]? allowed))
            {
                continue;
            }

            foreach (Match word in Word().Matches(text))
            {
                if (foldersOfType.TryGetValue(word.Value, out HashSet<string>? others) && !others.Contains(folder) && !others.Overlaps(allowed))
                {
                    string other = others.First();
                    broken.Add($"{path} knows {word.Value} of {(other.Length == 0 ? "the root" : other)}");
                }
            }
        }

        Assert.Equal(string.Empty, string.Join("\n", broken));
    }

    [Theory]
    [InlineData("System.Net.WebSockets")]
    [InlineData("System.Net.Http")]
    [InlineData("Azure")]
    public void Controller_KnowsNeitherHttpNorWebSocketsNorAzure(string prefix)
        => Assert.DoesNotContain(
            SourceFiles(),
            file => Folder(file.Key) == "Connections/Controller" && Regex.IsMatch(file.Value, $@"^using {Regex.Escape(prefix)}\b", RegexOptions.Multiline));

    [Fact]
    public void PublicTypes_AreInTheirTwoNamespaces()
        => Assert.All(
            typeof(RemoteRenderingClient).Assembly.GetExportedTypes(),
            static type => Assert.True(type.Namespace is "RemoteRendering.Sessions" or "RemoteRendering.Sessions.Scene", type.FullName));

    [Fact]
    public void PublicMethods_ThatAreAsynchronous_TakeATokenLast()
    {
        var without = typeof(RemoteRenderingClient).Assembly.GetExportedTypes()
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name != "DisposeAsync")
            .Where(static method => method.DeclaringType!.Assembly == typeof(RemoteRenderingClient).Assembly)
            .Where(static method => method.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken))
            .Select(static method => method.DeclaringType!.Name + "." + method.Name);
        Assert.Empty(without);
    }

    private static Dictionary<string, string> SourceFiles([CallerFilePath] string here = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "RemoteRendering.Sessions"));
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(static path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .ToDictionary(static path => path, path => CommentsAndStrings().Replace(File.ReadAllText(Path.Combine(root, path)), string.Empty));
    }

    private static string Folder(string path)
        => path.StartsWith("Connections/Controller/", StringComparison.Ordinal) ? "Connections/Controller"
            : path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : string.Empty;

    [GeneratedRegex(@"\b(?:class|struct|interface|enum)\s+(?<name>[A-Z]\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentsAndStrings();
}
