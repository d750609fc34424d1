using System.Text.Json;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Rest;

/// <summary>Reads a session of the legacy <c>v1</c> API.</summary>
internal static class SessionReaderV1
{
    public static string ReadCreated(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = WireReader.Start(json);
        WireReader.Expect(reader, JsonTokenType.StartObject, "The body");
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sessionId"u8))
            {
                id = WireReader.ReadString(ref reader, "sessionId");
            }
            else
            {
                reader.Skip();
            }
        }

        WireReader.End(ref reader);
        return WireText.Require(id, "sessionId");
    }

    public static RenderingSessionProperties Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = WireReader.Start(json);
        RenderingSessionProperties session = Read(ref reader, json);
        WireReader.End(ref reader);
        return session;
    }

    public static SessionPage ReadPage(ReadOnlySpan<byte> json) => SessionPageReader.Read(json, Read);

    private static RenderingSessionProperties Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        WireReader.Expect(reader, JsonTokenType.StartObject, "A session");
        string? id = null;
        string? status = null;
        string? size = null;
        string? hostname = null;
        string? message = null;
        int? handshakePort = null;
        int? inspectorPort = null;
        TimeSpan? elapsed = null;
        TimeSpan? lease = null;
        float? teraflops = null;
        Dictionary<string, BinaryData>? others = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sessionId"u8))
            {
                id = WireReader.ReadString(ref reader, "sessionId");
            }
            else if (reader.ValueTextEquals("sessionStatus"u8))
            {
                status = WireText.ReadStatus(ref reader, "sessionStatus");
            }
            else if (reader.ValueTextEquals("sessionSize"u8))
            {
                size = WireReader.ReadOptional(ref reader, json, "sessionSize", WireText.ReadSize, ref others);
            }
            else if (reader.ValueTextEquals("sessionHostname"u8))
            {
                hostname = WireReader.ReadOptional(ref reader, json, "sessionHostname", WireReader.ReadString, ref others);
            }
            else if (reader.ValueTextEquals("sessionElapsedTime"u8))
            {
                elapsed = WireReader.ReadOptional(ref reader, json, "sessionElapsedTime", ReadSpan, ref others);
            }
            else if (reader.ValueTextEquals("sessionMaxLeaseTime"u8))
            {
                lease = WireReader.ReadOptional(ref reader, json, "sessionMaxLeaseTime", ReadSpan, ref others);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                message = WireReader.ReadOptional(ref reader, json, "message", WireReader.ReadString, ref others);
            }
            else if (reader.ValueTextEquals("teraflops"u8))
            {
                teraflops = WireReader.ReadOptional(ref reader, json, "teraflops", WireReader.ReadTeraflops, ref others);
            }
            else if (reader.ValueTextEquals("handshakePort"u8))
            {
                handshakePort = WireReader.ReadOptional(ref reader, json, "handshakePort", WireReader.ReadPort, ref others);
            }
            else if (reader.ValueTextEquals("arrInspectorPort"u8))
            {
                inspectorPort = WireReader.ReadOptional(ref reader, json, "arrInspectorPort", WireReader.ReadPort, ref others);
            }
            else
            {
                WireReader.Keep(ref reader, json, ref others);
            }
        }

        // v1 values are in lower case in the documentation and capitalized in the draft; comparisons ignore case.
        var session =
            new RenderingSessionProperties(WireText.Require(id, "sessionId"), WireText.Status(status, "sessionStatus"), WireText.Size(size))
        {
            Hostname = string.IsNullOrEmpty(hostname) ? null : hostname,
            HandshakePort = handshakePort,
            ArrInspectorPort = inspectorPort,
            ElapsedTime = elapsed,
            MaxLeaseTime = lease,
            Teraflops = teraflops,
            Message = string.IsNullOrEmpty(message) ? null : message,
        };
        if (session.Status == RenderingSessionStatus.Error && session.Message is { } reason)
        {
            session.Error = new RemoteRenderingServiceError(string.Empty, reason, null, null, null);
        }

        if (others is not null)
        {
            session.AdditionalProperties = others;
        }

        return session;
    }

    private static TimeSpan? ReadSpan(ref Utf8JsonReader reader, string member)
    {
        string? text = WireReader.ReadString(ref reader, member);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return LegacyDuration.TryParse(text!, fractions: true, out TimeSpan value)
            ? value
            : throw new JsonException($"{member} is not a time span.");
    }
}
