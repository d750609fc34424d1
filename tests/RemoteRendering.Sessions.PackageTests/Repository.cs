using System.Reflection;

namespace RemoteRendering.Sessions.PackageTests;

/// <summary>Where the build put what these tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string PackagesDirectory { get; } = Metadata("PackagesDirectory");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
