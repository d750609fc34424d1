using System.Text.Json;

namespace RemoteRendering.Sessions.Rest;

/// <summary>Writes one JSON string.</summary>
internal static class JsonText
{
    public static string Quote(string text) => "\"" + JsonEncodedText.Encode(text).ToString() + "\"";
}
