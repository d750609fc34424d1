using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>Writes JSON as the recorded service did: compact, nothing escaped that need not be.</summary>
internal static class ServiceJson
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            write(json, value);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>
    /// The time format of the recordings: up to seven digits of a second, none when there are none, and an offset of <c>+00:00</c>.
    /// </summary>
    public static string Time(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "+00:00";
}
