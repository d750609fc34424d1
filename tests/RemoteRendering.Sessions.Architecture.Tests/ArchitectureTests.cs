using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>
/// Compares the compiled packages with <see cref="Map"/>. It reads bases, signatures, fields, attributes, method bodies and the imports of
/// the files. An enum or a constant of a public type that a method only compares with leaves no trace in a method body.
/// </summary>
public partial class ArchitectureTests
{
    public static TheoryData<string> Packages => [.. Codebase.Files.Select(static file => file.Split('/')[0]).Distinct()];

    public static TheoryData<string> MappedPackages => [.. Map.Folders.Keys];

    [Fact]
    public void Packages_UseOnlyThoseTheyMay()
        => AssertNone(Codebase.PackageArrows()
            .Where(static arrow => !Map.Packages.TryGetValue(arrow.Key.From, out string[]? allowed) || !allowed.Contains(arrow.Key.To))
            .Select(static arrow => $"{Show(arrow.Key)}: {arrow.Value}"));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_IsOnTheMapAndWasRead(string package)
    {
        Assert.Contains(package, Map.Packages.Keys);
        Assert.Contains(Codebase.Types, type => type.File.Package == package);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Folders_StandInNoCircle(string package)
    {
        Dictionary<(string From, string To), string> arrows = Codebase.FolderArrows(package);
        AssertNone(new Arrows(arrows.Keys).Circles.Select(arrow => $"{Show(arrow)}: {arrows[arrow]}"));
    }

    [Theory]
    [MemberData(nameof(MappedPackages))]
    public void Folders_UseThoseOnTheMap(string package)
    {
        Dictionary<(string From, string To), string> found = Codebase.FolderArrows(package);
        HashSet<(string From, string To)> allowed = [.. Map.Arrows(Map.Folders[package])];
        AssertNone(new Arrows(allowed).Circles.Select(Show));
        AssertNone(found.Where(arrow => !allowed.Contains(arrow.Key)).Select(static arrow => $"{Show(arrow.Key)}: {arrow.Value}"));
        AssertNone(allowed.Where(arrow => !found.ContainsKey(arrow)).Select(static arrow => $"{Show(arrow)} is on the map only"));
        Assert.Equal(Folders(package), Map.Folders[package].Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Contributing_ShowsTheMap()
    {
        string page = File.ReadAllText(Path.Combine(Codebase.Root, ".github", "CONTRIBUTING.md")).ReplaceLineEndings("\n");
        foreach (IReadOnlyDictionary<string, string[]> lines in new[] { Map.Packages, Map.Folders["RemoteRendering.Sessions"] })
        {
            string drawing = $"```mermaid\n{Map.Draw(lines)}\n```";
            Assert.True(page.Contains(drawing, StringComparison.Ordinal), $"CONTRIBUTING.md lacks\n{drawing}");
        }
    }

    [Fact]
    public void Types_StandInOneFolder()
        => AssertNone(Codebase.Types
            .Where(static type => type.Files.Select(static file => (file.Package, file.Folder)).Distinct().Count() > 1)
            .Select(static type => $"{type.Name}: {string.Join(", ", type.Files)}"));

    [Fact]
    public void Types_HaveTheNamespaceOfTheirFolder()
        => AssertNone(Codebase.Types
            .Where(static type => type.Namespace != Namespace(type) && type.Name != "Program")
            .Select(static type => $"{type} is in {type.Namespace} and belongs in {Namespace(type)}"));

    [Fact]
    public void Folders_UseNoBannedNamespace()
        => AssertNone(
            from type in Codebase.Types
            from banned in Map.Banned.GetValueOrDefault($"{type.File.Package}/{type.File.Folder}", [])
            from used in type.ForeignNamespaces
            where $"{used}.".StartsWith($"{banned}.", StringComparison.Ordinal)
            select $"{type} uses {used}");

    [Fact]
    public void Folders_HaveAtMost25Files()
        => AssertNone(Codebase.Files
            .GroupBy(static file => file[..file.LastIndexOf('/')])
            .Where(static folder => folder.Count() > 25)
            .Select(static folder => $"{folder.Key} has {folder.Count()}"));

    [Fact]
    public void Files_HaveAtMost400Lines()
        => AssertNone(Codebase.Files.Where(static file => File.ReadLines(Path.Combine(Codebase.Root, "src", file)).Count() > 400));

    /// <summary>
    /// Bugs for tests to notice are patches in tests/Museum: shipped code has no switch for them, nor another one of a build.
    /// </summary>
    [Fact]
    public void Source_DependsOnTheTargetAlone()
    {
        AssertNone(Codebase.Files.SelectMany(static file => Condition()
            .Matches(File.ReadAllText(Path.Combine(Codebase.Root, "src", file)))
            .Select(match => $"{file}: {match.Value.Trim()}")));
        string[] settings =
        [
            .. Directory.EnumerateFiles(Codebase.Root, "Directory.Build.*"),
            .. Directory.EnumerateFiles(Path.Combine(Codebase.Root, ".config")),
            .. Codebase.Files.Select(static file => file.Split('/')[0]).Distinct()
                .SelectMany(static package => Directory.EnumerateFiles(Path.Combine(Codebase.Root, "src", package), "*.csproj")),
        ];
        AssertNone(settings.Where(static path => File.ReadAllText(path).Contains("DefineConstants", StringComparison.Ordinal)));
    }

    private static void AssertNone(IEnumerable<string> found)
        => Assert.Equal(string.Empty, string.Join('\n', found.Order(StringComparer.Ordinal)));

    private static string Show((string From, string To) arrow) => $"{Show(arrow.From)} -> {Show(arrow.To)}";

    private static string Show(string place) => place.Length == 0 ? Map.Root : place;

    private static IOrderedEnumerable<string> Folders(string package)
        => Codebase.Files.Where(file => file.StartsWith(package + "/", StringComparison.Ordinal))
            .Select(file => file[package.Length..file.LastIndexOf('/')].TrimStart('/'))
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>Public types are in the namespace of their package, those of the client's scene in one of their own.</summary>
    private static string Namespace(CodeType type)
    {
        string package = type.File.Package == "Protocol" ? "RemoteRendering.Sessions.Protocol" : type.File.Package;
        return !type.IsPublic ? $"{package}/{type.File.Folder}".TrimEnd('/').Replace('/', '.')
            : type.File.Package == "RemoteRendering.Sessions" && type.File.Folder.Split('/')[0] == "Scene" ? package + ".Scene"
            : package;
    }

    /// <summary>A condition of the compiler on anything else than the target.</summary>
    [GeneratedRegex(@"^\s*#\s*(el)?if\b(?! *!?NET[0-9A-Z_]+\s*$).*|^\s*#\s*define\b.*|\[Conditional\(.*", RegexOptions.Multiline)]
    private static partial Regex Condition();
}
