using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Json;

namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>Reads the header or the claims of a JSON Web Token that another issuer made.</summary>
internal static class JsonWebTokenPart
{
    /// <summary>Reads the object in a part; null when there is none.</summary>
    public static JsonDocument? Read(string part)
    {
        if (Base64Url.Decode(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonObjectText.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
