using System.Text.Json;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Json;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Reads the error object of the service, and the forms that the legacy service used in its place. Never throws.</summary>
internal static class ServiceErrorReader
{
    private const int MaxDepth = 8;

    /// <summary>
    /// Reads the error of a failed answer: <c>{"error":{…}}</c>, <c>{"error":"text"}</c>, or a problem document with <c>title</c>.
    /// </summary>
    public static RemoteRenderingServiceError? TryReadBody(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(ByteOrderMark.Skip(body));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (root.TryGetProperty("error", out JsonElement error))
            {
                return error.ValueKind == JsonValueKind.String
                    ? new RemoteRenderingServiceError(string.Empty, error.GetString() ?? string.Empty, null, null, null)
                    : TryRead(error, MaxDepth);
            }

            return Text(root, "title") is { Length: > 0 } title
                ? new RemoteRenderingServiceError(string.Empty, title, null, null, null)
                : null;
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            return null;
        }
    }

    public static RemoteRenderingServiceError? Read(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        WireReader.Expect(reader, JsonTokenType.StartObject, member);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return TryRead(document.RootElement, MaxDepth);
    }

    private static RemoteRenderingServiceError? TryRead(JsonElement error, int depth)
    {
        if (error.ValueKind != JsonValueKind.Object || depth == 0)
        {
            return null;
        }

        List<RemoteRenderingServiceError>? details = null;
        if (error.TryGetProperty("details", out JsonElement array) && array.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement element in array.EnumerateArray())
            {
                if (TryRead(element, depth - 1) is { } detail)
                {
                    (details ??= []).Add(detail);
                }
            }
        }

        RemoteRenderingServiceError? inner = error.TryGetProperty("innerError", out JsonElement innerError)
            ? TryRead(innerError, depth - 1)
            : null;
        return new RemoteRenderingServiceError(
            Text(error, "code") ?? string.Empty, Text(error, "message") ?? string.Empty, Text(error, "target"), details, inner);
    }

    private static string? Text(JsonElement element, string member)
        => element.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
