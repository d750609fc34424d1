using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RemoteRendering.Sessions.PackageTests;

public class PackageContentTests
{
    [Fact]
    public void Pack_WholeRepository_MakesExactlyTheFourPackages() =>
        Assert.Equal(PackageIds.Frameworks.Keys.Order(StringComparer.Ordinal), ShippedPackage.All.Select(package => package.Id));

    [Theory]
    [MemberData(nameof(PackageIds.Libraries), MemberType = typeof(PackageIds))]
    public void Pack_Library_HoldsNothingThatIsNotOnTheList(string id)
    {
        IEnumerable<string> expected = PackageIds.Frameworks[id]
            .SelectMany(framework => new[] { $"lib/{framework}/{id}.dll", $"lib/{framework}/{id}.xml" })
            .Concat(["README.md", "icon.png", $"{id}.nuspec"]);

        Assert.Equal(expected.Order(StringComparer.Ordinal), ShippedPackage.Get(id).Files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pack_Tool_HoldsOurAssembliesAndTheirDependenciesOnly()
    {
        string[] ours = [
            PackageIds.Core, PackageIds.Emulator, PackageIds.Host, PackageIds.Scene, PackageIds.Service, PackageIds.SoftwareRenderer, "rrs"
        ];
        string[] foreign = ["Azure.Core", "Microsoft.", "System.", "Spectre.Console", "StbImageSharp"];
        string[] strange = [.. ShippedPackage.Get(PackageIds.Tool).Files
            .Where(name => name.StartsWith("tools/net10.0/any/", StringComparison.Ordinal))
            .Select(name => Path.GetFileName(name)!)
            .Where(name => name != "DotnetToolSettings.xml" && !name.EndsWith(".json", StringComparison.Ordinal))
            .Where(name =>
                !ours.Contains(Path.GetFileNameWithoutExtension(name))
                    && !foreign.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))];

        Assert.Empty(strange);
        Assert.Contains("tools/net10.0/any/DotnetToolSettings.xml", ShippedPackage.Get(PackageIds.Tool).Files);
    }

    [Theory]
    [MemberData(nameof(PackageIds.Libraries), MemberType = typeof(PackageIds))]
    public void Pack_Documentation_DescribesThePublicSurfaceAndNothingElse(string id)
    {
        foreach ((string framework, byte[] assembly) in ShippedPackage.Get(id).Assemblies)
        {
            HashSet<string> visible = [.. PublicSurface.Names(assembly)];
            string[] described = [.. XDocument.Load(new MemoryStream(ShippedPackage.Get(id).Read($"lib/{framework}/{id}.xml")))
                .Descendants("member").Select(member => Regex.Replace(member.Attribute("name")!.Value[2..], @"\(.*|``?\d+|~.*", ""))];

            Assert.Empty(described.Except(visible));
            Assert.Empty(PublicSurface.Types(assembly).Except(described));
        }
    }

    [Theory]
    [MemberData(nameof(PackageIds.All), MemberType = typeof(PackageIds))]
    public void Pack_Assembly_HasTheStrongNameOfTheProject(string id)
    {
        foreach (byte[] assembly in ShippedPackage.Get(id).Assemblies.Values)
        {
            using PEReader file = new(new MemoryStream(assembly));
            MetadataReader reader = file.GetMetadataReader();
            Assert.True(file.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.StrongNameSigned));
            Assert.Equal(
                "032ac0251c490b27", Convert.ToHexStringLower(reader.GetAssemblyDefinition().GetAssemblyName().GetPublicKeyToken()!));
        }
    }

    [Theory]
    [MemberData(nameof(PackageIds.All), MemberType = typeof(PackageIds))]
    public void Pack_Readme_IsThePackagesOwnAndHasAbsoluteLinksOnly(string id)
    {
        string readme = System.Text.Encoding.UTF8.GetString(ShippedPackage.Get(id).Read("README.md"));

        Assert.StartsWith("# " + id, readme, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://|#)", readme);
    }
}
