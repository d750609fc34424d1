using System.Text.Json;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Rest;

/// <summary>Reads values of the service, without allocating a string for common ones.</summary>
internal static class WireText
{
    public static string Require(string? value, string member)
        => string.IsNullOrEmpty(value) ? throw new JsonException($"{member} is missing.") : value!;

    public static RenderingSessionStatus Status(string? value, string member) => new(Require(value, member));

    /// <summary>Reads a size; the default value when there is none.</summary>
    public static RenderingSessionVmSize Size(string? value) => string.IsNullOrEmpty(value) ? default : new RenderingSessionVmSize(value!);

    public static string? ReadStatus(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("Ready"u8))
            {
                return "Ready";
            }

            if (reader.ValueTextEquals("Starting"u8))
            {
                return "Starting";
            }
        }

        return WireReader.Text(ref reader, member);
    }

    public static string? ReadSize(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("Standard"u8))
            {
                return "Standard";
            }

            if (reader.ValueTextEquals("Premium"u8))
            {
                return "Premium";
            }
        }

        return WireReader.Text(ref reader, member);
    }
}
