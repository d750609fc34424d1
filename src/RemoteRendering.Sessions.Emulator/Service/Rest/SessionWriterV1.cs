using System.Globalization;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>Writes sessions as the v1 service is described: every key always there, time spans, and a message in place of an error object.</summary>
internal static class SessionWriterV1
{
    public static void Write(Utf8JsonWriter json, in SessionView view, EmulatedRequest request, EmulatorBodyShape shape)
    {
        SessionAddress? address = view.State == EmulatedSessionState.Ready ? SessionAddress.For(request, view.Entry) : null;
        json.WriteStartObject();
        json.WriteString("message"u8, Message(view));
        json.WriteString("sessionElapsedTime"u8, Span(view.Reading.HostTime));
        json.WriteString("sessionHostname"u8, address?.Hostname);
        json.WriteString("sessionId"u8, view.Id);
        json.WriteString("sessionMaxLeaseTime"u8, Span(TimeSpan.FromMinutes((double)view.LeaseMinutes)));
        json.WriteString("sessionSize"u8, view.Size.ToString());
        json.WriteString("sessionStatus"u8, view.State.ToString());
        json.WriteNumber("teraflops"u8, view.Reading.ReadyAt == SessionFacts.Never ? 0 : Teraflops.Of(view.Size, shape));
        json.WriteNumber("handshakePort"u8, address?.HandshakePort ?? 0);
        json.WriteNumber("arrInspectorPort"u8, address?.InspectorPort ?? 0);
        json.WriteEndObject();
    }

    private static string? Message(in SessionView view) => view.State switch
    {
        EmulatedSessionState.Error => view.Failure?.Message,
        EmulatedSessionState.Expired => "The maximum lease time of the session has passed.",
        _ => null,
    };

    /// <summary>Whole seconds, <c>hh:mm:ss</c>, with days in front when there are any.</summary>
    private static string Span(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}
