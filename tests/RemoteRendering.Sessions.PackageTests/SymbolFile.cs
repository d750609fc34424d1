using System.Reflection.Metadata;
using System.Text;

namespace RemoteRendering.Sessions.PackageTests;

/// <summary>What a portable symbol file knows: its id, its sources and how it was compiled.</summary>
internal sealed class SymbolFile
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid CompilationOptionsKind = new("B5FEEC05-8CD0-4A83-96DA-466284BB4BD8");

    public SymbolFile(byte[] content)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(content));
        MetadataReader reader = provider.GetMetadataReader();
        Id = new BlobContentId(reader.DebugMetadataHeader!.Id).Guid;
        Documents = [.. reader.Documents.Select(handle => new SourceDocument(
            reader.GetString(reader.GetDocument(handle).Name),
            Find(reader, handle, EmbeddedSourceKind) is not null))];
        SourceLink = Text(Find(reader, EntityHandle.ModuleDefinition, SourceLinkKind));
        Options = ParseOptions(Text(Find(reader, EntityHandle.ModuleDefinition, CompilationOptionsKind)) ?? "");
    }

    public Guid Id { get; }

    public IReadOnlyList<SourceDocument> Documents { get; }

    public string? SourceLink { get; }

    public IReadOnlyDictionary<string, string> Options { get; }

    private static byte[]? Find(MetadataReader reader, EntityHandle parent, Guid kind) => reader.GetCustomDebugInformation(parent)
        .Select(reader.GetCustomDebugInformation)
        .Where(information => reader.GetGuid(information.Kind) == kind)
        .Select(information => reader.GetBlobBytes(information.Value))
        .FirstOrDefault();

    private static string? Text(byte[]? blob) => blob is null ? null : Encoding.UTF8.GetString(blob);

    private static Dictionary<string, string> ParseOptions(string pairs)
    {
        string[] words = pairs.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
