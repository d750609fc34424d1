using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator.Renderer.Gltf;

/// <summary>Texts of a file.</summary>
internal static class GltfText
{
    private const int MaxNameBytes = 256;

    /// <summary>Reads a text.</summary>
    /// <returns>The text; null for another kind of value, or one that escapes half a letter.</returns>
    public static string? Read(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Escapes of a single surrogate are valid JSON and no text.
            return null;
        }
    }

    /// <summary>Gets the name of an object for people, cut to what a name may have; empty without.</summary>
    public static string NameOf(JsonElement item) => item.TryGetProperty("name", out JsonElement name) ? Shorten(Read(name) ?? string.Empty) : string.Empty;

    /// <summary>Cuts a name to what a name may have, between two letters.</summary>
    public static string Shorten(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            int keep = Math.Min(name.Length - 1, MaxNameBytes);
            name = name[..(char.IsHighSurrogate(name[keep - 1]) ? keep - 1 : keep)];
        }

        return name;
    }
}
