using System.Text.Json;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>An object of a file, with its place for messages.</summary>
/// <param name="Document">The file.</param>
/// <param name="Json">The object.</param>
/// <param name="List">The list of the file that it, or what it is part of, belongs to.</param>
/// <param name="Number">The index in that list.</param>
/// <param name="Path">The path from there to the object; empty for an item of the list itself.</param>
internal readonly record struct GltfObject(GltfDocument Document, JsonElement Json, string List, int Number, string Path = "")
{
    /// <summary>Gets the place in words: <c>node 3 'arm'</c>, <c>mesh 0, primitives[2]</c>.</summary>
    public string Place
    {
        get
        {
            if (Number < 0)
            {
                return Path.Length == 0 ? "the file" : Path;
            }

            string kind = List switch { "meshes" => "mesh", "bufferViews" => "buffer view", _ => List[..^1] };
            string name = GltfText.NameOf(Document.List(List)[Number].Json) is { Length: > 0 } given ? $" '{given}'" : string.Empty;
            return Path.Length == 0 ? $"{kind} {Number}{name}" : $"{kind} {Number}{name}, {Path}";
        }
    }

    public SceneException Corrupt(string what) => Document.Corrupt(Number < 0 && Path.Length == 0 ? what : $"{Place}: {what}");

    public bool Has(string name) => Json.TryGetProperty(name, out _);

    public GltfObject? Member(string name)
    {
        if (!Json.TryGetProperty(name, out JsonElement member))
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Object
            ? this with { Json = member, Path = Path.Length == 0 ? name : $"{Path}.{name}" }
            : throw Corrupt($"'{name}' is no object");
    }

    public GltfObject Needed(string name) => Member(name) ?? throw Corrupt($"'{name}' is missing");

    public GltfObject? Extension(string name) => Member("extensions")?.Member(name);

    /// <summary>Gets a list of objects; empty when it is missing.</summary>
    public GltfObject[] Items(string name)
    {
        JsonElement[] values = Values(name);
        var items = new GltfObject[values.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = values[i].ValueKind == JsonValueKind.Object
                ? this with { Json = values[i], Path = Path.Length == 0 ? $"{name}[{i}]" : $"{Path}.{name}[{i}]" }
                : throw Corrupt($"'{name}' has something else than objects");
        }

        return items;
    }

    public JsonElement[] Values(string name)
    {
        if (!Json.TryGetProperty(name, out JsonElement array))
        {
            return [];
        }

        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : throw Corrupt($"'{name}' is no list");
    }

    public string? Text(string name)
    {
        if (!Json.TryGetProperty(name, out JsonElement member))
        {
            return null;
        }

        return GltfText.Read(member) ?? throw Corrupt($"'{name}' is no text");
    }

    public bool Flag(string name) => Json.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.True;

    /// <summary>Gets a count or an offset.</summary>
    public int Whole(string name, int? whenMissing = null)
    {
        if (!Json.TryGetProperty(name, out JsonElement member))
        {
            return whenMissing ?? throw Corrupt($"'{name}' is missing");
        }

        return ToWhole(member, name);
    }

    /// <summary>Gets a reference into a list; -1 when it is missing and may be.</summary>
    public int Index(string name, string list, bool isNeeded = false)
    {
        if (!Json.TryGetProperty(name, out JsonElement member))
        {
            return isNeeded ? throw Corrupt($"'{name}' is missing") : -1;
        }

        return ToIndex(member, name, list);
    }

    /// <summary>Gets a list of references; empty when it is missing.</summary>
    public int[] Indices(string name, string list)
    {
        GltfObject self = this;
        return Array.ConvertAll(Values(name), value => self.ToIndex(value, name, list));
    }

    /// <summary>Gets a number.</summary>
    /// <returns>The number, which single precision can hold; <paramref name="whenMissing"/> when it is missing.</returns>
    public double Real(string name, double whenMissing)
        => Json.TryGetProperty(name, out JsonElement member) ? ToReal(member, name) : whenMissing;

    /// <summary>Gets a row of numbers; null when it is missing.</summary>
    public double[]? Reals(string name, int? count = null)
    {
        if (!Has(name))
        {
            return null;
        }

        GltfObject self = this;
        double[] numbers = Array.ConvertAll(Values(name), value => self.ToReal(value, name));
        return count is null || numbers.Length == count
            ? numbers
            : throw Corrupt($"'{name}' has {numbers.Length} numbers instead of {count}");
    }

    private int ToIndex(JsonElement number, string name, string list)
    {
        int index = ToWhole(number, name);
        int count = Document.List(list).Length;
        return index < count ? index : throw Corrupt($"'{name}' is {index}, but there are {count} {list}");
    }

    private int ToWhole(JsonElement number, string name) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out double value) && value is >= 0 and <= int.MaxValue
            && double.IsInteger(value)
            ? (int)value
            : throw Corrupt($"'{name}' must be a whole number from 0 to {int.MaxValue}");

    private double ToReal(JsonElement number, string name) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out double value) && Math.Abs(value) <= float.MaxValue
            ? value
            : throw Corrupt($"'{name}' must have finite numbers that single precision can hold");
}
