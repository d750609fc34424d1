using System.Buffers;
using System.Text.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>The <c>extras</c> of nodes, which clients can ask for.</summary>
internal static class GltfMetadata
{
    /// <summary>The most levels that a client can be told: its reader stops at 64, and the answer has some of its own.</summary>
    private const int MaxLevels = 48;

    /// <summary>Reads the extras of a node; empty without.</summary>
    public static ReadOnlyMemory<byte> Read(GltfObject node, GltfWarnings warnings)
    {
        if (!node.Json.TryGetProperty("extras", out JsonElement extras) || extras.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>();
        try
        {
            using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = MaxLevels }))
            {
                extras.WriteTo(json);
            }

            return output.WrittenMemory.ToArray();
        }
        catch (InvalidOperationException)
        {
            warnings.Add(
                GltfWarning.MetadataIgnored, node.Place, $"Its 'extras' have more than {MaxLevels} levels, or a text that is none.");
            return default;
        }
    }
}
