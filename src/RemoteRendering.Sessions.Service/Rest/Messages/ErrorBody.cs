using System.Text.Json;

namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>The error object of the 2021-01-01 service, alone and inside a session; and what v1 had in its place.</summary>
internal static class ErrorBody
{
    public static ReadOnlyMemory<byte> WriteV1(string message) => ServiceJson.Write(message, static (json, text) =>
    {
        json.WriteStartObject();
        json.WriteString("error"u8, text);
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Write(string code, string message, ServiceBodyShape shape)
        => ServiceJson.Write((code, message, shape), static (json, error) =>
    {
        json.WriteStartObject();
        json.WritePropertyName("error"u8);
        WriteObject(json, error.code, error.message, error.shape);
        json.WriteEndObject();
    });

    public static void WriteObject(Utf8JsonWriter json, string code, string message, ServiceBodyShape shape)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        if (shape == ServiceBodyShape.ZerosAndNulls)
        {
            json.WriteNull("details"u8);
            json.WriteNull("target"u8);
            json.WriteNull("innerError"u8);
        }

        json.WriteEndObject();
    }
}
