using System.Text.Json;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Represents the times of a JSON web token that can be read without its key: issue and expiry (RFC 7519, NumericDate).</summary>
internal readonly struct JsonWebToken
{
    private JsonWebToken(DateTimeOffset? issuedAt, DateTimeOffset expiresOn)
    {
        IssuedAt = issuedAt;
        ExpiresOn = expiresOn;
    }

    public DateTimeOffset? IssuedAt { get; }

    public DateTimeOffset ExpiresOn { get; }

    /// <summary>Reads a token; returns false when it is not a token or has no expiry.</summary>
    public static bool TryRead(string token, out JsonWebToken result)
    {
        result = default;
        string[] segments = token.Split('.');
        if (segments.Length != 3 || !TryDecode(segments[1], out byte[] payload))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind != JsonValueKind.Object || Date(document.RootElement, "exp") is not { } expires)
            {
                return false;
            }

            result = new JsonWebToken(Date(document.RootElement, "iat") ?? Date(document.RootElement, "nbf"), expires);
            return true;
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            return false;
        }
    }

    private static DateTimeOffset? Date(JsonElement payload, string member)
    {
        // Year 9999 in seconds: the largest moment that can be represented.
        const double Last = 253402300799;
        return payload.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double seconds) && seconds >= 0 && seconds <= Last
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
    }

    private static bool TryDecode(string base64Url, out byte[] bytes)
    {
        string base64 = base64Url.Replace('-', '+').Replace('_', '/');
        base64 = base64.PadRight(base64.Length + ((4 - (base64.Length % 4)) % 4), '=');
        try
        {
            bytes = Convert.FromBase64String(base64);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
