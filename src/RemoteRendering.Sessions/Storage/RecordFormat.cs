using System.Text.Json;

namespace RemoteRendering.Sessions.Storage;

/// <summary>Writes and reads records as JSON.</summary>
internal static class RecordFormat
{
    public static byte[] Write(RenderingSessionRecord record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("sessionId", record.SessionId);
            writer.WriteString("endpoint", record.Endpoint.AbsoluteUri);
            writer.WriteString("accountId", record.AccountId);
            writer.WriteString("size", record.Size.ToString());
            writer.WriteString("clientId", record.ClientId);
            writer.WriteString("bindingKey", record.BindingKey);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a record; throws <see cref="FormatException"/> when the content is not a record.</summary>
    public static RenderingSessionRecord Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            return root.GetProperty("version").GetInt32() == 1
                ? new RenderingSessionRecord(
                    Text(root, "sessionId"),
                    new Uri(Text(root, "endpoint"), UriKind.Absolute),
                    root.GetProperty("accountId").GetGuid(),
                    Size(root),
                    Text(root, "clientId"),
                    Text(root, "bindingKey"))
                : throw new FormatException("The record has an unsupported version.");
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or UriFormatException)
        {
            throw new FormatException("The record cannot be read: " + exception.Message, exception);
        }
    }

    /// <summary>Reads the size, which is empty when the service did not send it.</summary>
    private static RenderingSessionVmSize Size(JsonElement root)
        => Text(root, "size") is { Length: > 0 } size ? size : default(RenderingSessionVmSize);

    private static string Text(JsonElement root, string name)
        => root.GetProperty(name).GetString() ?? throw new FormatException($"The record has no {name}.");
}
