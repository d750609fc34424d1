using System.Text.Json;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Rest;

/// <summary>Reads a page of the list, whose format is the same in every version.</summary>
internal static class SessionPageReader
{
    public delegate RenderingSessionProperties ElementReader(ref Utf8JsonReader reader, ReadOnlySpan<byte> json);

    public static SessionPage Read(ReadOnlySpan<byte> json, ElementReader readElement)
    {
        Utf8JsonReader reader = WireReader.Start(json);
        WireReader.Expect(reader, JsonTokenType.StartObject, "The body");
        List<RenderingSessionProperties>? sessions = null;
        string? nextLink = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sessions"u8))
            {
                reader.Read();
                WireReader.Expect(reader, JsonTokenType.StartArray, "sessions");
                sessions = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    sessions.Add(readElement(ref reader, json));
                }
            }
            else if (reader.ValueTextEquals("@nextLink"u8))
            {
                nextLink = WireReader.ReadString(ref reader, "@nextLink");
            }
            else
            {
                reader.Skip();
            }
        }

        WireReader.End(ref reader);
        return new SessionPage(
            sessions ?? throw new JsonException("sessions is missing."), string.IsNullOrEmpty(nextLink) ? null : nextLink);
    }
}
