using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>Writes sessions as the 2021-01-01 service did, in the key order of the recordings.</summary>
internal static class SessionWriter2021
{
    public static void Write(Utf8JsonWriter json, in SessionView view, EmulatedRequest request, EmulatorBodyShape shape)
    {
        bool everyKey = shape == EmulatorBodyShape.ZerosAndNulls;
        SessionAddress? address = view.State == EmulatedSessionState.Ready ? SessionAddress.For(request, view.Entry) : null;
        bool hasHadHost = view.Reading.ReadyAt != SessionFacts.Never;
        json.WriteStartObject();
        json.WriteString("id"u8, view.Id);
        json.WriteString("creationTime"u8, ServiceJson.Time(view.CreatedOn));
        if (everyKey || address is not null)
        {
            json.WriteNumber("arrInspectorPort"u8, address?.InspectorPort ?? 0);
            json.WriteNumber("handshakePort"u8, address?.HandshakePort ?? 0);
        }

        json.WriteNumber("elapsedTimeMinutes"u8, view.Reading.ElapsedMinutes);
        if (everyKey || address is not null)
        {
            json.WriteString("hostname"u8, address?.Hostname);
        }

        json.WriteNumber("maxLeaseTimeMinutes"u8, view.LeaseMinutes);
        json.WriteString("size"u8, view.Size.ToString());
        json.WriteString("status"u8, view.State.ToString());
        if (hasHadHost)
        {
            json.WriteNumber("teraflops"u8, Teraflops.Of(view.Size, shape));
        }
        else if (everyKey)
        {
            json.WritePropertyName("teraflops"u8);
            json.WriteRawValue("0.0"u8);
        }

        if (view.State == EmulatedSessionState.Error && view.Failure is { } failure)
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
