using System.Globalization;
using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Decides whether a file is one that this host understands.</summary>
internal static class GltfVersion
{
    /// <summary>Extensions that a file may insist on: those that the reader knows, and those that only change what this host does not draw.</summary>
    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "KHR_texture_transform", "KHR_materials_unlit", "KHR_mesh_quantization", "KHR_lights_punctual", "KHR_materials_anisotropy", "KHR_materials_clearcoat",
        "KHR_materials_dispersion", "KHR_materials_emissive_strength", "KHR_materials_ior", "KHR_materials_iridescence", "KHR_materials_sheen", "KHR_materials_specular",
        "KHR_materials_transmission", "KHR_materials_volume", "KHR_animation_pointer", "KHR_xmp_json_ld",
    };

    public static void Check(GltfDocument document)
    {
        JsonElement asset = document.Member(document.Root, "asset") ?? throw document.Corrupt("it has no 'asset'");
        string version = document.Text(asset, "version") ?? throw document.Corrupt("it has no version");
        string least = document.Text(asset, "minVersion") ?? "2.0";
        if (MajorOf(version) != 2 || least is not "2.0")
        {
            throw new SceneException(SceneErrorCode.InvalidVersion, $"'{document.Name}' is of another version of glTF; this host reads 2.0.");
        }

        foreach (JsonElement extension in document.Items(document.Root, "extensionsRequired"))
        {
            string? name = extension.ValueKind == JsonValueKind.String ? extension.GetString() : null;
            if (name is null || !_known.Contains(name))
            {
                throw new SceneException(SceneErrorCode.InvalidVersion, $"'{document.Name}' needs the extension '{Shorten(name)}', which this host does not have.");
            }
        }
    }

    private static string? Shorten(string? name) => name is { Length: > 64 } ? name[..64] : name;

    private static int MajorOf(string version) =>
        int.TryParse(version.AsSpan(0, Math.Max(0, version.IndexOf('.', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : -1;
}
