using System.Reflection;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>The checkout that the tests were built from, for tests that read its files.</summary>
public static class Repository
{
    /// <summary>Gets its root.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static pair => pair.Key == "RepositoryRoot").Value!;

    /// <summary>Gets the full path of a file or folder.</summary>
    /// <param name="path">The path below the root, with slashes.</param>
    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>Reads a text file, with line feeds as line ends.</summary>
    /// <param name="path">The path below the root, with slashes.</param>
    public static string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");
}
