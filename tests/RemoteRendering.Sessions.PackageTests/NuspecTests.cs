using System.Buffers.Binary;
using System.Xml.Linq;

namespace RemoteRendering.Sessions.PackageTests;

public class NuspecTests
{
    [Theory]
    [MemberData(nameof(PackageIds.All), MemberType = typeof(PackageIds))]
    public void Nuspec_EveryPackage_SaysWhatAUserAsksFor(string id)
    {
        ShippedPackage package = ShippedPackage.Get(id);

        Assert.Equal("MIT", package.Value("license"));
        Assert.Equal("expression", package.Attribute("license", "type"));
        Assert.Equal("RemoteRendering.Sessions contributors", package.Value("authors"));
        Assert.InRange(package.Value("description")!.Length, 40, 400);
        Assert.NotEqual("Package Description", package.Value("description"));
        Assert.Contains("remote-rendering", package.Value("tags")!, StringComparison.Ordinal);
        Assert.Equal("README.md", package.Value("readme"));
        Assert.Equal("icon.png", package.Value("icon"));
        Assert.StartsWith("https://", package.Value("projectUrl")!, StringComparison.Ordinal);
        Assert.EndsWith("CHANGELOG.md", package.Value("releaseNotes")!, StringComparison.Ordinal);
        Assert.Equal("git", package.Attribute("repository", "type"));
        Assert.StartsWith("https://", package.Attribute("repository", "url")!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PackageIds.All), MemberType = typeof(PackageIds))]
    public void Nuspec_EveryPackage_NamesTheCommitItWasBuiltFrom(string id) =>
        Assert.Matches("^[0-9a-f]{40}$", ShippedPackage.Get(id).Attribute("repository", "commit")!);

    [Theory]
    [MemberData(nameof(PackageIds.All), MemberType = typeof(PackageIds))]
    public void Icon_EveryPackage_IsAPngThatAFeedShows(string id)
    {
        byte[] icon = ShippedPackage.Get(id).Read("icon.png");

        Assert.Equal<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'], icon[..4]);
        Assert.InRange(icon.Length, 100, 1024 * 1024);
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), 64, 512);
    }

    [Fact]
    public void Nuspec_AllPackages_ShareOneVersion() =>
        Assert.Single(ShippedPackage.All.Select(package => package.Value("version")).Distinct());

    [Fact]
    public void Nuspec_Tool_IsADotnetTool() =>
        Assert.Contains(
            "DotnetTool", ShippedPackage.Get(PackageIds.Tool).Metadata.Descendants().Attributes("name").Select(name => name.Value));

    [Theory]
    [InlineData("netstandard2.0", "Azure.Core 1.50.0", "Microsoft.Bcl.TimeProvider 8.0.1", "System.Threading.Channels 8.0.0")]
    [InlineData("net8.0", "Azure.Core 1.50.0")]
    [InlineData("net10.0", "Azure.Core 1.50.0")]
    public void Dependencies_Core_AreTheFloorsAndNothingElse(string framework, params string[] expected) =>
        Assert.Equal(expected, Dependencies(PackageIds.Core, framework));

    [Theory]
    [MemberData(nameof(PackageIds.Libraries), MemberType = typeof(PackageIds))]
    public void Dependencies_EveryLibrary_NeverNameABuildTool(string id)
    {
        string[] buildOnly = ["PolySharp", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.CodeAnalysis.PublicApiAnalyzers"];

        foreach (string framework in PackageIds.Frameworks[id])
        {
            Assert.DoesNotContain(Dependencies(id, framework), dependency => buildOnly.Contains(dependency.Split(' ')[0]));
        }
    }

    /// <summary>The emulator uses internal types of the service.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public void Dependencies_EmulatorOnService_IsExactlyTheSameVersion(string framework) =>
        Assert.Contains(
            $"{PackageIds.Service} [{ShippedPackage.Get(PackageIds.Service).Value("version")}]",
            Dependencies(PackageIds.Emulator, framework));

    private static string[] Dependencies(string id, string framework)
    {
        string group = framework.StartsWith("netstandard", StringComparison.Ordinal) ? ".NETStandard2.0" : framework;
        return [.. ShippedPackage.Get(id).Metadata.Descendants()
            .Single(element =>
                element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies"
                    && element.Attribute("targetFramework")!.Value == group)
            .Elements()
            .Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}")
            .Order(StringComparer.Ordinal)];
    }
}
