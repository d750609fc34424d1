using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Json;

namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>Reads request bodies strictly. Everything that is wrong with one is a <see cref="BodyRefusedException"/>.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>How much of a value is repeated in a refusal.</summary>
    private const int MaxQuoted = 64;

    private readonly JsonDocument _document;

    private RequestBody(JsonDocument document)
    {
        _document = document;
    }

    public static RequestBody Read(ServiceRequest request, bool singleQuotes = false)
    {
        if (!singleQuotes && !IsJson(request.ContentType))
        {
            throw new BodyRefusedException($"The content type must be application/json, not '{request.ContentType ?? "none"}'.");
        }

        if (request.Body is not { } body)
        {
            throw new BodyRefusedException($"The body is longer than {ServiceRequest.MaxBodyBytes} bytes.");
        }

        if (body.IsEmpty)
        {
            throw new BodyRefusedException("A non-empty request body is required.");
        }

        try
        {
            return new RequestBody(
                JsonObjectText.Parse(singleQuotes ? SingleQuotes.ToJson(body) : body)
                    ?? throw new BodyRefusedException("The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            throw new BodyRefusedException(
                $"The body is not valid JSON (line {exception.LineNumber}, position {exception.BytePositionInLine}).");
        }
    }

    /// <summary>A whole number that fits 32 bits.</summary>
    public int Int32(string name)
    {
        JsonElement value = Required(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw new BodyRefusedException($"The {name} value must be a whole number of 32 bits.");
    }

    public string String(string name)
    {
        JsonElement value = Required(name);
        return value.ValueKind == JsonValueKind.String
            ? Text(value, name)
            : throw new BodyRefusedException($"The {name} value must be a string.");
    }

    /// <summary>A list of texts; none when the member is missing or null.</summary>
    public IReadOnlyList<string> Strings(string name)
    {
        if (!_document.RootElement.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new BodyRefusedException($"The {name} value must be an array of strings.");
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            texts.Add(
                item.ValueKind == JsonValueKind.String
                    ? Text(item, name)
                    : throw new BodyRefusedException($"The {name} value must be an array of strings."));
        }

        return texts;
    }

    /// <summary>A machine size, in any case: the official script sent it in lower case.</summary>
    public SessionSize Size(string name)
    {
        string text = String(name);
        foreach (SessionSize size in Enum.GetValues<SessionSize>())
        {
            if (string.Equals(text, size.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return size;
            }
        }

        throw new BodyRefusedException(
            $"The {name} value '{(text.Length <= MaxQuoted ? text : text[..MaxQuoted] + "...")}' is not supported. Supported values are: "
                + $"{string.Join(", ", Enum.GetNames<SessionSize>())}.");
    }

    public void Dispose() => _document.Dispose();

    private static bool IsJson(string? contentType)
        => contentType is not null
            && string.Equals(contentType.Split(';')[0].Trim(), "application/json", StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonElement value, string name)
        => JsonObjectText.Text(value) ?? throw new BodyRefusedException($"The {name} value is not valid text.");

    private JsonElement Required(string name)
        => _document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
        ? value
        : throw new BodyRefusedException($"The {name} value is required.");
}
