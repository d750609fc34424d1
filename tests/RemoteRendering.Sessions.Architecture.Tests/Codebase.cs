using System.Reflection;

namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>All packages, as they were compiled.</summary>
internal static class Codebase
{
    /// <summary>Gets the root of the repository.</summary>
    public static string Root { get; } = typeof(Codebase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static pair => pair.Key == "RepositoryRoot").Value!;

    /// <summary>Gets the types that stand in a file below src. A linked one is there for each assembly that compiles it.</summary>
    public static IReadOnlyList<CodeType> Types { get; } = Read();

    /// <summary>
    /// Gets the folders of the namespaces of internal types. Importing one is an arrow too: a constant leaves no other trace.
    /// </summary>
    private static Dictionary<string, CodeFile> Homes { get; } = Types.GroupBy(static type => type.Namespace)
        .Where(static space => !space.Any(static type => type.IsPublic))
        .ToDictionary(static space => space.Key, static space => space.First().File);

    /// <summary>Gets the source files, by their paths below src.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Path.Combine(Root, "src"), path).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Any(static part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Gets the folders of a package and which of the same package each uses, with an example of the types.</summary>
    public static Dictionary<(string From, string To), string> FolderArrows(string package)
        => Arrows(file => file.Package == package, static file => file.Folder);

    /// <summary>Gets the packages and which each uses, with an example of the types.</summary>
    public static Dictionary<(string From, string To), string> PackageArrows()
        => Arrows(static file => !Map.IsShared(file), static file => file.Package);

    private static Dictionary<(string From, string To), string> Arrows(Func<CodeFile, bool> isIn, Func<CodeFile, string> place)
        => Types.Where(type => isIn(type.File))
            .SelectMany(static type => type.Uses.Select(used => (From: type.File, To: used.File, Example: $"{type.Name} uses {used.Name}"))
                .Concat(type.Usings.Where(Homes.ContainsKey)
                    .Select(space => (From: type.File, To: Homes[space], Example: $"{type.Name} imports {space}"))))
            .Where(arrow => isIn(arrow.To) && place(arrow.From) != place(arrow.To))
            .GroupBy(arrow => (place(arrow.From), place(arrow.To)), static arrow => arrow.Example)
            .ToDictionary(static group => group.Key, static group => group.First());

    private static CodeType[] Read()
    {
        CodeAssembly[] assemblies =
        [
            .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.pdb")
                .Where(static symbols => IsPackage(Path.GetFileNameWithoutExtension(symbols)))
                .Select(static symbols => new CodeAssembly(Path.ChangeExtension(symbols, ".dll"))),
        ];
        var types = assemblies.SelectMany(static assembly => assembly.Types)
            .ToDictionary(static type => $"{type.Assembly}/{type.Namespace}.{type.Name}");
        foreach (CodeAssembly assembly in assemblies)
        {
            assembly.Link(types.GetValueOrDefault);
            assembly.Dispose();
        }

        return [.. types.Values];
    }

    private static bool IsPackage(string assembly)
        => assembly == "rrs"
            || (assembly.StartsWith("RemoteRendering.", StringComparison.Ordinal) && !assembly.Contains("Test", StringComparison.Ordinal));
}
