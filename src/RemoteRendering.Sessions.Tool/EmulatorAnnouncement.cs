using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tool;

/// <summary>The line of JSON that tells the process that started the emulator its addresses.</summary>
internal static class EmulatorAnnouncement
{
    public static string Format(SessionEmulator emulator)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("http", Address(emulator.HttpEndpoint));
            json.WriteString("https", Address(emulator.HttpsEndpoint));
            json.WriteString("accountId", emulator.AccountId);
            json.WriteString("accountKey", emulator.AccountKey);
            json.WriteString("accountDomain", emulator.AccountDomain);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string? Address(Uri? endpoint) => endpoint?.ToString().TrimEnd('/');
}
