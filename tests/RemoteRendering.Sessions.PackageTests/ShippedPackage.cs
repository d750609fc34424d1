using System.IO.Compression;
using System.Xml.Linq;

namespace RemoteRendering.Sessions.PackageTests;

/// <summary>One packed package, read into memory: its files, its symbols and what it says about itself.</summary>
internal sealed class ShippedPackage
{
    private readonly Dictionary<string, byte[]> _files;
    private readonly Dictionary<string, byte[]> _symbols;

    private ShippedPackage(string path)
    {
        _files = ReadAll(path);
        _symbols = ReadAll(Path.ChangeExtension(path, ".snupkg"));
        string nuspec = _files.Keys.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal));
        XElement document = XDocument.Load(new MemoryStream(_files[nuspec])).Root!;
        Metadata = document.Element(document.Name.Namespace + "metadata")!;
        Id = Value("id")!;
    }

    public static IReadOnlyList<ShippedPackage> All { get; } =
        [
            .. Directory.GetFiles(Repository.PackagesDirectory, "*.nupkg").Order(StringComparer.Ordinal)
            .Select(path => new ShippedPackage(path))
        ];

    public string Id { get; }

    public bool IsTool => Id.EndsWith(".Tool", StringComparison.Ordinal);

    /// <summary>The name of our own assembly: that of the package, and for a tool that of its command, which its help shows.</summary>
    public string AssemblyName => IsTool ? "rrs" : Id;

    public XElement Metadata { get; }

    /// <summary>The files a user gets, without the plumbing of the container format.</summary>
    public IEnumerable<string> Files => _files.Keys.Where(name =>
        !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal)
        && name != "[Content_Types].xml");

    /// <summary>Our own assemblies by their target framework; those of a tool by the one it has.</summary>
    public IReadOnlyDictionary<string, byte[]> Assemblies => _files
        .Where(file => Path.GetFileName(file.Key) == AssemblyName + ".dll")
        .ToDictionary(file => Framework(file.Key), file => file.Value);

    public static ShippedPackage Get(string id) => All.Single(package => package.Id == id);

    public byte[] Read(string name) => _files[name];

    public byte[] Symbols(string framework)
        => _symbols.Single(file => Path.GetFileName(file.Key) == AssemblyName + ".pdb" && Framework(file.Key) == framework).Value;

    public string? Value(string element) => Metadata.Element(Metadata.Name.Namespace + element)?.Value;

    public string? Attribute(string element, string attribute)
        => Metadata.Element(Metadata.Name.Namespace + element)?.Attribute(attribute)?.Value;

    public override string ToString() => Id;

    private static string Framework(string name) => name.Split('/')[1];

    private static Dictionary<string, byte[]> ReadAll(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => entry.FullName, Read);

        static byte[] Read(ZipArchiveEntry entry)
        {
            using Stream stream = entry.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }
}
