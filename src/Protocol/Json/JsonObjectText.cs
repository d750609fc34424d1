using System.Text.Json;

namespace RemoteRendering.Sessions.Protocol.Json;

/// <summary>Parses a JSON object that the other side wrote, so that looking for its members cannot fail.</summary>
internal static class JsonObjectText
{
    /// <summary>Parses an object, with a byte order mark before it or without; null for any other value.</summary>
    /// <exception cref="JsonException">It is not JSON, or a member of the object has a name that is not text.</exception>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        JsonDocument document = JsonDocument.Parse(ByteOrderMark.Skip(json));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            return null;
        }

        try
        {
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                _ = member.Name;
            }

            return document;
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair is valid JSON and no text.
            document.Dispose();
            throw new JsonException("A member has a name that is not text.", exception);
        }
    }

    /// <summary>Reads a text; null for anything else, half of a surrogate pair too.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
