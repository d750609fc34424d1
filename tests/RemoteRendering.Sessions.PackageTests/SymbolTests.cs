using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace RemoteRendering.Sessions.PackageTests;

public class SymbolTests
{
    [Theory]
    [MemberData(nameof(PackageIds.Assemblies), MemberType = typeof(PackageIds))]
    public void Symbols_EveryAssembly_BelongToIt(string id, string framework)
    {
        using PEReader assembly = new(new MemoryStream(ShippedPackage.Get(id).Assemblies[framework]));
        DebugDirectoryEntry entry = assembly.ReadDebugDirectory().Single(candidate => candidate.Type == DebugDirectoryEntryType.CodeView);

        Assert.Equal(assembly.ReadCodeViewDebugDirectoryData(entry).Guid, Symbols(id, framework).Id);
    }

    [Theory]
    [MemberData(nameof(PackageIds.Assemblies), MemberType = typeof(PackageIds))]
    public void Assembly_EveryOne_IsDeterministic(string id, string framework)
    {
        using PEReader assembly = new(new MemoryStream(ShippedPackage.Get(id).Assemblies[framework]));

        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Theory]
    [MemberData(nameof(PackageIds.Assemblies), MemberType = typeof(PackageIds))]
    public void Sources_EveryOne_CanBeHadByADebugger(string id, string framework)
    {
        SymbolFile symbols = Symbols(id, framework);
        string[] linked = symbols.SourceLink is null ? [] : LinkedPrefixes(symbols.SourceLink);

        Assert.NotEmpty(symbols.Documents);
        Assert.DoesNotContain(
            symbols.Documents, document
                => !document.IsEmbedded && !linked.Any(prefix => document.Path.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(PackageIds.Assemblies), MemberType = typeof(PackageIds))]
    public void SourceLink_CloneOfAPublicHost_IsThere(string id, string framework)
    {
        bool mustLink = File.Exists(Path.Combine(Repository.Root, ".git", "config"))
            && File.ReadAllText(Path.Combine(Repository.Root, ".git", "config")).Contains("github.com", StringComparison.Ordinal);

        Assert.True(
            !mustLink || Symbols(id, framework).SourceLink is not null,
            "The clone has a public remote, but the symbols do not link to it.");
    }

    [Theory]
    [MemberData(nameof(PackageIds.Assemblies), MemberType = typeof(PackageIds))]
    public void CompilerFlags_EveryAssembly_AreWrittenDown(string id, string framework)
    {
        IReadOnlyDictionary<string, string> options = Symbols(id, framework).Options;

        Assert.True(Version.Parse(options["compiler-version"].Split('-', '+')[0]) >= new Version(4, 0));
        Assert.Equal("C#", options["language"]);
        Assert.Equal("Enable", options["nullable"]);
#if !DEBUG
        Assert.Equal("release", options["optimization"]);
#endif
    }

#if CI_BUILD
    [Theory]
    [MemberData(nameof(PackageIds.Assemblies), MemberType = typeof(PackageIds))]
    public void SourcePaths_BuildServer_DoNotTellWhereItWasBuilt(string id, string framework) =>
        Assert.DoesNotContain(Symbols(id, framework).Documents, document => !document.Path.StartsWith("/_", StringComparison.Ordinal));
#endif

    private static SymbolFile Symbols(string id, string framework) => new(ShippedPackage.Get(id).Symbols(framework));

    private static string[] LinkedPrefixes(string sourceLink)
    {
        using JsonDocument map = JsonDocument.Parse(sourceLink);
        return [.. map.RootElement.GetProperty("documents").EnumerateObject().Select(entry => entry.Name.TrimEnd('*'))];
    }
}
