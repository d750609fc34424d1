using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>The text of a glTF file, read with suspicion: whatever is not as it must be is <see cref="SceneErrorCode.FileCorrupt"/>.</summary>
internal sealed class GltfDocument : IDisposable
{
    /// <summary>More would take memory out of proportion to the file.</summary>
    private const int MaxTokens = 8_000_000;

    private readonly JsonDocument _document;
    private readonly Dictionary<string, JsonElement[]> _arrays = new(StringComparer.Ordinal);

    private GltfDocument(JsonDocument document, string name)
    {
        _document = document;
        Name = name;
    }

    /// <summary>Gets the name of the file, for messages.</summary>
    public string Name { get; }

    public JsonElement Root => _document.RootElement;

    public static GltfDocument Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            CountTokens(json.Span, name);
            var document = new GltfDocument(JsonDocument.Parse(json), name);
            return document.Root.ValueKind == JsonValueKind.Object ? document : throw document.Corrupt("its text is no object");
        }
        catch (JsonException exception)
        {
            throw new SceneException(SceneErrorCode.FileCorrupt, $"'{name}' is broken: its text ends early or is no JSON.", exception);
        }
    }

    public SceneException Corrupt(string what) => new(SceneErrorCode.FileCorrupt, $"'{Name}' is broken: {what}.");

    /// <summary>One of the lists of the file; empty when it is missing.</summary>
    public JsonElement[] List(string name)
    {
        if (!_arrays.TryGetValue(name, out JsonElement[]? list))
        {
            list = Items(Root, name);
            if (list.Any(item => item.ValueKind != JsonValueKind.Object))
            {
                throw Corrupt($"'{name}' has something else than objects");
            }

            _arrays.Add(name, list);
        }

        return list;
    }

    public JsonElement[] Items(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement array))
        {
            return [];
        }

        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : throw Corrupt($"'{name}' is no list");
    }

    public JsonElement? Member(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member))
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Object ? member : throw Corrupt($"'{name}' is no object");
    }

    public string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member))
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw Corrupt($"'{name}' is no text");
    }

    /// <summary>A count or an offset.</summary>
    public int Whole(JsonElement parent, string name, int? whenMissing = null)
    {
        if (!parent.TryGetProperty(name, out JsonElement member))
        {
            return whenMissing ?? throw Corrupt($"'{name}' is missing");
        }

        return ToWhole(member, name);
    }

    public int ToWhole(JsonElement number, string name) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out double value) && value is >= 0 and <= int.MaxValue && double.IsInteger(value)
            ? (int)value
            : throw Corrupt($"'{name}' is no whole number");

    /// <summary>A reference into a list; -1 when it is missing and may be.</summary>
    public int Index(JsonElement parent, string name, string list, bool isNeeded = false)
    {
        if (!parent.TryGetProperty(name, out JsonElement member))
        {
            return isNeeded ? throw Corrupt($"'{name}' is missing") : -1;
        }

        return ToIndex(member, name, list);
    }

    public int ToIndex(JsonElement number, string name, string list)
    {
        int index = ToWhole(number, name);
        return index < List(list).Length ? index : throw Corrupt($"'{name}' is {index}, but there are {List(list).Length} {list}");
    }

    public void Dispose() => _document.Dispose();

    private static void CountTokens(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        int tokens = 0;
        while (reader.Read())
        {
            if (++tokens > MaxTokens)
            {
                throw SceneLimits.Exceeded(name, "parts in its text", MaxTokens);
            }
        }
    }
}
