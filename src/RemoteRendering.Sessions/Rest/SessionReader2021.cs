using System.Text.Json;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Rest;

/// <summary>
/// Reads a session of the 2021-01-01 API, in both forms that the retired service sent: all keys with zeros and nulls, or without empty
/// keys.
/// </summary>
internal static class SessionReader2021
{
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
        int? handshakePort = null;
        int? inspectorPort = null;
        int? elapsed = null;
        int? lease = null;
        float? teraflops = null;
        DateTimeOffset? createdOn = null;
        RemoteRenderingServiceError? error = null;
        Dictionary<string, BinaryData>? others = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = WireReader.ReadString(ref reader, "id");
            }
            else if (reader.ValueTextEquals("creationTime"u8))
            {
                createdOn = WireReader.ReadOptional(ref reader, json, "creationTime", WireReader.ReadTime, ref others);
            }
            else if (reader.ValueTextEquals("arrInspectorPort"u8))
            {
                inspectorPort = WireReader.ReadOptional(ref reader, json, "arrInspectorPort", WireReader.ReadPort, ref others);
            }
            else if (reader.ValueTextEquals("handshakePort"u8))
            {
                handshakePort = WireReader.ReadOptional(ref reader, json, "handshakePort", WireReader.ReadPort, ref others);
            }
            else if (reader.ValueTextEquals("elapsedTimeMinutes"u8))
            {
                elapsed = WireReader.ReadOptional(ref reader, json, "elapsedTimeMinutes", WireReader.ReadMinutes, ref others);
            }
            else if (reader.ValueTextEquals("hostname"u8))
            {
                hostname = WireReader.ReadOptional(ref reader, json, "hostname", WireReader.ReadString, ref others);
            }
            else if (reader.ValueTextEquals("maxLeaseTimeMinutes"u8))
            {
                lease = WireReader.ReadOptional(ref reader, json, "maxLeaseTimeMinutes", WireReader.ReadMinutes, ref others);
            }
            else if (reader.ValueTextEquals("size"u8))
            {
                size = WireReader.ReadOptional(ref reader, json, "size", WireText.ReadSize, ref others);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                status = WireText.ReadStatus(ref reader, "status");
            }
            else if (reader.ValueTextEquals("teraflops"u8))
            {
                teraflops = WireReader.ReadOptional(ref reader, json, "teraflops", WireReader.ReadTeraflops, ref others);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                error = WireReader.ReadOptional(ref reader, json, "error", ServiceErrorReader.Read, ref others);
            }
            else
            {
                WireReader.Keep(ref reader, json, ref others);
            }
        }

        var session = new RenderingSessionProperties(WireText.Require(id, "id"), WireText.Status(status, "status"), WireText.Size(size))
        {
            Hostname = string.IsNullOrEmpty(hostname) ? null : hostname,
            HandshakePort = handshakePort,
            ArrInspectorPort = inspectorPort,
            ElapsedTime = elapsed is { } elapsedMinutes ? TimeSpan.FromMinutes((double)elapsedMinutes) : null,
            MaxLeaseTime = lease is { } leaseMinutes ? TimeSpan.FromMinutes((double)leaseMinutes) : null,
            Teraflops = teraflops,
            CreatedOn = createdOn,
            Error = error,
            Message = error?.Message,
        };
        if (others is not null)
        {
            session.AdditionalProperties = others;
        }

        return session;
    }
}
