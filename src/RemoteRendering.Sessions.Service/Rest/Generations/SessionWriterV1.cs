using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>
/// Writes sessions as the v1 service is described: every key always there, time spans, and a message in place of an error object.
/// </summary>
internal static class SessionWriterV1
{
    public static void Write(Utf8JsonWriter json, SessionSnapshot session, ServiceRequest request, ServiceBodyShape shape)
    {
        SessionAddress? address = session.State == SessionState.Ready ? SessionAddress.For(request, session) : null;
        json.WriteStartObject();
        json.WriteString("message"u8, Message(session));
        json.WriteString("sessionElapsedTime"u8, LegacyDuration.Format(session.HostTime));
        json.WriteString("sessionHostname"u8, address?.Hostname);
        json.WriteString("sessionId"u8, session.SessionId);
        json.WriteString("sessionMaxLeaseTime"u8, LegacyDuration.Format(TimeSpan.FromMinutes((double)session.LeaseMinutes)));
        json.WriteString("sessionSize"u8, session.Size.ToString());
        json.WriteString("sessionStatus"u8, session.State.ToString());
        json.WriteNumber("teraflops"u8, session.HasBeenReady ? Teraflops.Of(session.Size, shape) : 0);
        json.WriteNumber("handshakePort"u8, address?.HandshakePort ?? 0);
        json.WriteNumber("arrInspectorPort"u8, address?.InspectorPort ?? 0);
        json.WriteEndObject();
    }

    private static string? Message(SessionSnapshot session) => session.State switch
    {
        SessionState.Error => session.Failure?.Message,
        SessionState.Expired => "The maximum lease time of the session has passed.",
        _ => null,
    };
}
