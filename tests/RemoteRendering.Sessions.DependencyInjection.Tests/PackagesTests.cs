using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.DependencyInjection.Tests;

/// <summary>Tests that go through the public surface of the packages go through all of them.</summary>
public partial class PackagesTests
{
    [Fact]
    public void Packages_AreTheFoldersOfSrc()
    {
        // Protocol is source that several packages compile; the tool is a program.
        string[] others = ["Protocol", "RemoteRendering.Sessions.Tool"];
        Assert.Equal(
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(static folder => Path.GetFileName(folder))
                .Except(others).Order(StringComparer.Ordinal),
            Packages.All.Select(static package => package.GetName().Name));
    }

    [Fact]
    public void Packages_AreInTheSolution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "RemoteRendering.Sessions.sln"));
        Assert.All(Packages.All, package => Assert.Contains($"\"{package.GetName().Name}\"", solution, StringComparison.Ordinal));
    }

    /// <summary>A list of assemblies in a test goes blind when a package is split.</summary>
    [Fact]
    public void TestsOfThePublicSurface_TakeThePackagesFromTheList()
    {
        // These hold rules of the client alone.
        string[] ofTheClient = ["ArchitectureTests.cs", "ForeignSeams.cs", "UnknownOutcomeTests.cs"];
        var lists = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !Artifacts().IsMatch(path))
            .Where(path => !ofTheClient.Contains(Path.GetFileName(path)) && Path.GetFileName(path) != "PackagesTests.cs")
            .Where(static path =>
                File.ReadAllText(path) is var text && text.Contains("GetExportedTypes(", StringComparison.Ordinal)
                    && !text.Contains("Packages.All", StringComparison.Ordinal))
            .Select(static path => Path.GetRelativePath(Repository.Root, path));
        Assert.Empty(lists);
    }

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Artifacts();
}
