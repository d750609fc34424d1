using System.Reflection;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// The packages of this repository that are libraries, for tests that go through their public surface. The list comes from the folders
/// below src, so that a new package is in every such test.
/// </summary>
public static class Packages
{
    /// <summary>
    /// Gets the assemblies of the packages that the tests were built with. The tool is a program, and has no public surface.
    /// </summary>
    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(static project => !File.ReadAllText(project).Contains("<PackAsTool>true</PackAsTool>", StringComparison.Ordinal))
            .Select(static project => Path.GetFileNameWithoutExtension(project))
            .Where(static name => File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll")))
            .Order(StringComparer.Ordinal)
            .Select(Assembly.Load),
    ];
}
