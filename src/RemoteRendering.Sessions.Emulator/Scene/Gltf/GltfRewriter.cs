using System.Buffers;
using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// Writes the text of a file as the reader shall see it: buffers are named by number, views of the bytes in a GLB are moved so that the whole file is their buffer, which saves a copy of it,
/// and what this host does not use is left out.
/// </summary>
internal static class GltfRewriter
{
    private static readonly HashSet<string> _leftOut = new(StringComparer.Ordinal) { "images", "animations", "cameras", "skins", "extensionsRequired", "extensionsUsed" };

    /// <summary>The name by which the reader asks for a buffer.</summary>
    public static string NameOfBuffer(int buffer) => $"b{buffer}";

    public static byte[] Write(GltfDocument document, GltfBuffer[] buffers)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (JsonProperty member in document.Root.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "buffers":
                        WriteBuffers(json, buffers);
                        break;
                    case "bufferViews":
                        WriteViews(json, document, buffers);
                        break;
                    default:
                        if (!_leftOut.Contains(member.Name))
                        {
                            member.WriteTo(json);
                        }

                        break;
                }
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteBuffers(Utf8JsonWriter json, GltfBuffer[] buffers)
    {
        json.WriteStartArray("buffers"u8);
        for (int i = 0; i < buffers.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("byteLength"u8, buffers[i].Bytes.Length);
            json.WriteString("uri"u8, NameOfBuffer(i));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteViews(Utf8JsonWriter json, GltfDocument document, GltfBuffer[] buffers)
    {
        json.WriteStartArray("bufferViews"u8);
        foreach (JsonElement view in document.List("bufferViews"))
        {
            int buffer = document.Index(view, "buffer", "buffers", isNeeded: true);
            json.WriteStartObject();
            json.WriteNumber("buffer"u8, buffer);
            json.WriteNumber("byteOffset"u8, buffers[buffer].Offset + document.Whole(view, "byteOffset", 0));
            json.WriteNumber("byteLength"u8, document.Whole(view, "byteLength"));
            if (view.TryGetProperty("byteStride", out _))
            {
                json.WriteNumber("byteStride"u8, document.Whole(view, "byteStride"));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
