using System.Text.Json;
using System.Text.Unicode;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>The text of a glTF file. A value that breaks a rule is <see cref="SceneErrorCode.FileCorrupt"/>.</summary>
internal sealed class GltfDocument : IDisposable
{
    /// <summary>More would take memory out of proportion to the file.</summary>
    private const int MaxTokens = 8_000_000;

    /// <summary>The most levels of objects and lists in the text.</summary>
    private const int MaxLevels = 1_024;

    private readonly JsonDocument _document;
    private readonly Dictionary<string, GltfObject[]> _lists = new(StringComparer.Ordinal);

    private GltfDocument(JsonDocument document, string name)
    {
        _document = document;
        Name = name;
        Root = new GltfObject(this, document.RootElement, string.Empty, -1);
    }

    /// <summary>Gets the name of the file, for messages.</summary>
    public string Name { get; }

    public GltfObject Root { get; }

    /// <summary>Parses a text.</summary>
    /// <exception cref="SceneException">It is no JSON object, or passes a limit.</exception>
    public static GltfDocument Parse(ReadOnlyMemory<byte> json, string name)
    {
        if (!Utf8.IsValid(json.Span))
        {
            throw Corrupt(name, "its text is not UTF-8");
        }

        try
        {
            CheckSize(json.Span, name);
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxLevels });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new GltfDocument(document, name)
                : throw Corrupt(name, "its text is no object");
        }
        catch (JsonException exception)
        {
            throw new SceneException(
                SceneErrorCode.FileCorrupt, $"'{name}' is broken: its text ends early or is no JSON (line {exception.LineNumber + 1}).",
                exception);
        }
    }

    public SceneException Corrupt(string what) => Corrupt(Name, what);

    /// <summary>Gets one of the lists of the file; empty when it is missing.</summary>
    public GltfObject[] List(string name)
    {
        if (!_lists.TryGetValue(name, out GltfObject[]? list))
        {
            JsonElement[] items = Root.Values(name);
            list = new GltfObject[items.Length];
            for (int i = 0; i < list.Length; i++)
            {
                list[i] = items[i].ValueKind == JsonValueKind.Object
                    ? new GltfObject(this, items[i], name, i)
                    : throw Corrupt($"'{name}' has something else than objects");
            }

            _lists.Add(name, list);
        }

        return list;
    }

    public void Dispose() => _document.Dispose();

    private static SceneException Corrupt(string name, string what) => new(SceneErrorCode.FileCorrupt, $"'{name}' is broken: {what}.");

    private static void CheckSize(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        int tokens = 0;
        while (reader.Read())
        {
            if (++tokens > MaxTokens)
            {
                throw SceneLimits.Exceeded(name, "parts in its text", MaxTokens);
            }

            if (reader.CurrentDepth >= MaxLevels)
            {
                throw Corrupt(name, $"its text has more than {MaxLevels} levels of objects and lists, which is the limit");
            }
        }
    }
}
