using System.Text.Json;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>Writes sessions as the 2021-01-01 service did, in the key order of the recordings.</summary>
internal static class SessionWriter2021
{
    public static void Write(Utf8JsonWriter json, SessionSnapshot session, ServiceRequest request, ServiceBodyShape shape)
    {
        bool everyKey = shape == ServiceBodyShape.ZerosAndNulls;
        SessionAddress? address = session.State == SessionState.Ready ? SessionAddress.For(request, session) : null;
        bool hasHadHost = session.HasBeenReady;
        json.WriteStartObject();
        json.WriteString("id"u8, session.SessionId);
        json.WriteString("creationTime"u8, ServiceJson.Time(session.CreatedOn));
        if (everyKey || address is not null)
        {
            json.WriteNumber("arrInspectorPort"u8, address?.InspectorPort ?? 0);
            json.WriteNumber("handshakePort"u8, address?.HandshakePort ?? 0);
        }

        json.WriteNumber("elapsedTimeMinutes"u8, (int)(session.HostTime.Ticks / TimeSpan.TicksPerMinute));
        if (everyKey || address is not null)
        {
            json.WriteString("hostname"u8, address?.Hostname);
        }

        json.WriteNumber("maxLeaseTimeMinutes"u8, session.LeaseMinutes);
        json.WriteString("size"u8, session.Size.ToString());
        json.WriteString("status"u8, session.State.ToString());
        if (hasHadHost)
        {
            json.WriteNumber("teraflops"u8, Teraflops.Of(session.Size, shape));
        }
        else if (everyKey)
        {
            json.WritePropertyName("teraflops"u8);
            json.WriteRawValue("0.0"u8);
        }

        if (session.Failure is { } failure)
        {
            json.WritePropertyName("error"u8);
            ErrorBody.WriteObject(json, failure.Code, failure.Message, shape);
        }
        else if (everyKey)
        {
            json.WriteNull("error"u8);
        }

        json.WriteEndObject();
    }
}
