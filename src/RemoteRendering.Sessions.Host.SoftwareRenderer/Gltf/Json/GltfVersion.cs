using System.Globalization;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>Decides whether a file is one that this host understands.</summary>
internal static class GltfVersion
{
    /// <summary>Extensions that this host does.</summary>
    private static readonly HashSet<string> _done = new(StringComparer.Ordinal)
    {
        "KHR_texture_transform", "KHR_materials_unlit", "KHR_mesh_quantization", "EXT_mesh_gpu_instancing",
    };

    /// <summary>
    /// Extensions that a file may insist on, though this host leaves out what they add: looks, lights, animations, data. None of them moves
    /// a triangle.
    /// </summary>
    private static readonly HashSet<string> _harmless = new(StringComparer.Ordinal)
    {
        "KHR_lights_punctual", "KHR_animation_pointer", "KHR_xmp", "KHR_xmp_json_ld", "EXT_lights_ies", "EXT_lights_image_based",
        "EXT_mesh_features", "EXT_instance_features",
        "EXT_structural_metadata", "EXT_mesh_manifold", "CESIUM_primitive_outline", "FB_ngon_encoding", "MSFT_lod", "AGI_articulations",
        "AGI_stk_metadata",
    };

    /// <summary>Other formats of pictures. The colour of the material stands for a picture that this host cannot read.</summary>
    private static readonly HashSet<string> _pictures = new(StringComparer.Ordinal)
    {
        "KHR_texture_basisu", "EXT_texture_webp", "EXT_texture_avif", "MSFT_texture_dds", "EXT_texture_video"
    };

    private static readonly string[] _compressions = ["EXT_meshopt_compression", "KHR_meshopt_compression", "KHR_draco_mesh_compression"];

    /// <summary>Checks the version of a file and what it insists on, and warns of extensions that are left out.</summary>
    /// <exception cref="SceneException">It is of another version, or needs what this host does not have.</exception>
    public static void Check(GltfDocument document, GltfWarnings warnings)
    {
        GltfObject asset = document.Root.Member("asset") ?? throw document.Corrupt("it has no 'asset'");
        string version = asset.Text("version") ?? throw document.Corrupt("it has no version");
        string least = asset.Text("minVersion") ?? "2.0";
        if (MajorOf(version) != 2 || least is not "2.0")
        {
            throw new SceneException(
                SceneErrorCode.InvalidVersion, $"'{document.Name}' is of another version of glTF; this host reads 2.0.");
        }

        foreach (string name in Names(document, "extensionsRequired"))
        {
            if (!_done.Contains(name) && !_harmless.Contains(name) && !_pictures.Contains(name) && !IsLook(name))
            {
                throw new SceneException(
                    SceneErrorCode.InvalidVersion, $"'{document.Name}' needs the extension '{name}', which this host does not have.");
            }
        }

        foreach (string name in Names(document, "extensionsUsed").Distinct(StringComparer.Ordinal))
        {
            // Pictures and compressed data are told where they are used: a file may have plain ones as well.
            if (!_done.Contains(name) && !_pictures.Contains(name) && Array.IndexOf(_compressions, name) < 0)
            {
                warnings.Add(GltfWarning.ExtensionIgnored, $"extension '{name}'", "What this extension adds is left out.");
            }
        }
    }

    /// <summary>Gets the extension that compresses the data of a view or a primitive; null when none does.</summary>
    public static string? CompressionOf(GltfObject owner) => Array.Find(_compressions, name => owner.Extension(name) is not null);

    /// <summary>Gets the extension by which a texture has a picture of another format; null when there is none.</summary>
    public static string? PictureFormatOf(GltfObject texture) => _pictures.FirstOrDefault(name => texture.Extension(name) is not null);

    public static SceneException Missing(GltfDocument document, string extension, string place) =>
        new(
            SceneErrorCode.InvalidVersion,
            $"'{document.Name}': {place} has its data only in the extension '{extension}', which this host does not have.");

    private static bool IsLook(string name) => name.StartsWith("KHR_materials_", StringComparison.Ordinal);

    private static IEnumerable<string> Names(GltfDocument document, string list)
    {
        foreach (System.Text.Json.JsonElement item in document.Root.Values(list))
        {
            yield return GltfText.Read(item) is { } name
                ? name.Length > 64 ? name[..64] : name
                : throw document.Corrupt($"'{list}' has something else than names");
        }
    }

    private static int MajorOf(string version) =>
        int.TryParse(
            version.AsSpan(0, Math.Max(0, version.IndexOf('.', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture,
            out int major)
            ? major
            : -1;
}
