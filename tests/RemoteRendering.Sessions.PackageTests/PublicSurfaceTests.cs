using System.Text;
using System.Xml.Linq;

namespace RemoteRendering.Sessions.PackageTests;

public class PublicSurfaceTests
{
    [Theory]
    [MemberData(nameof(PackageIds.Libraries), MemberType = typeof(PackageIds))]
    public void Surface_EveryFramework_IsTheSame(string id)
    {
        IReadOnlyDictionary<string, byte[]> assemblies = ShippedPackage.Get(id).Assemblies;
        IReadOnlyList<string> expected = PublicSurface.Read(assemblies["net8.0"]);

        Assert.All(assemblies, assembly => Assert.Equal(expected, PublicSurface.Read(assembly.Value)));
    }

    [Theory]
    [MemberData(nameof(PackageIds.Libraries), MemberType = typeof(PackageIds))]
    public void Surface_EveryLibrary_CanBeUsedFromCSharp9(string id)
    {
        IReadOnlyList<string> surface = PublicSurface.Read(ShippedPackage.Get(id).Assemblies["net8.0"]);

        Assert.DoesNotContain(surface, line => line.Contains("IsExternalInit", StringComparison.Ordinal));
        Assert.DoesNotContain(surface, line => line.Contains("<Clone>$", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PackageIds.Libraries), MemberType = typeof(PackageIds))]
    public void XmlDocumentation_EveryLibrary_SummarisesItsTypes(string id)
    {
        foreach (string framework in PackageIds.Frameworks[id])
        {
            string text = Encoding.UTF8.GetString(ShippedPackage.Get(id).Read($"lib/{framework}/{id}.xml")).TrimStart('\uFEFF');
            Dictionary<string, XElement> members = XDocument.Parse(text).Descendants("member")
                .ToDictionary(member => member.Attribute("name")!.Value);
            IEnumerable<string> types = PublicSurface.Read(ShippedPackage.Get(id).Assemblies[framework])
                .Where(line => line.Contains(" : ", StringComparison.Ordinal) && !line.Contains('('))
                .Select(line => "T:" + line.Split(" : ")[0])
                .Distinct();

            Assert.All(types, type => Assert.False(string.IsNullOrWhiteSpace(members[type].Element("summary")?.Value), type));
        }
    }
}
