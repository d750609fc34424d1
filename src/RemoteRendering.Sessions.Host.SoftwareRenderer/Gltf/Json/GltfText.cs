using System.Text.Json;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>Texts of a file.</summary>
internal static class GltfText
{
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
    public static string NameOf(JsonElement item)
        => item.TryGetProperty("name", out JsonElement name) ? SceneLimits.ShortenName(Read(name) ?? string.Empty) : string.Empty;
}
