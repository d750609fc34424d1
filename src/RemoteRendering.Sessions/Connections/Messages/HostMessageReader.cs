using System.Globalization;
using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Reads the parts of messages of the host that the connection handles itself. Unknown members are skipped.</summary>
internal static class HostMessageReader
{
    public static BindAnswer ReadBindAnswer(Utf8JsonReader reader)
    {
        CheckVersion(reader);
        var answer = new BindAnswer();
        bool protocol = false;
        Expect(reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "protocol":
                    protocol = ReadNumber(ref reader) == HostProtocol.Version;
                    break;
                case "epoch":
                    answer.Epoch = ReadNumber(ref reader);
                    break;
                case "link":
                    answer.Link = ReadNumber(ref reader);
                    break;
                case "resumed":
                    answer.Resumed = ReadBoolean(ref reader);
                    break;
                case "sceneKept":
                    answer.SceneKept = ReadBoolean(ref reader);
                    break;
                case "received":
                    answer.Received = ReadNumber(ref reader);
                    break;
                case "graceMs":
                    answer.Grace = ReadDuration(ref reader);
                    break;
                case "keepAliveMs":
                    answer.KeepAlive = ReadDuration(ref reader);
                    break;
                case "deadAfterMs":
                    answer.DeadAfter = ReadDuration(ref reader);
                    break;
                case "maxMessageBytes":
                    answer.MaxMessageBytes = ReadInt(ref reader);
                    break;
                case "features":
                    answer.Features = ReadStrings(ref reader);
                    break;
                case "unsupportedStates":
                    answer.UnsupportedStates = ReadStrings(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return protocol && answer.IsValid ? answer : throw new FormatException("The answer to 'bind' has a missing or invalid member.");
    }

    /// <summary>Checks the version before everything else, because an answer of another version may have any form.</summary>
    /// <exception cref="RenderingConnectionException">
    /// <see cref="RenderingConnectionReason.ProtocolVersionMismatch"/>: the version differs.
    /// </exception>
    private static void CheckVersion(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVersion = reader.ValueTextEquals("protocol"u8);
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.Number
                && !(reader.TryGetInt64(out long version) && version == HostProtocol.Version))
            {
                throw new RenderingConnectionException(
                    RenderingConnectionReason.ProtocolVersionMismatch,
                        $"The host answered with another version of the protocol; this device supports version {HostProtocol.Version}.");
            }

            reader.Skip();
        }
    }

    public static Goodbye ReadGoodbye(Utf8JsonReader reader)
    {
        var goodbye = new Goodbye();
        Expect(reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "reason":
                    goodbye.Reason = ReadString(ref reader);
                    break;
                case "comeBack":
                    goodbye.ComeBack = ReadBoolean(ref reader);
                    break;
                case "afterMs":
                    goodbye.After = ReadDuration(ref reader);
                    break;
                case "retryAfterMs":
                    goodbye.RetryAfter = ReadDuration(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return goodbye;
    }

    public static (long Id, double Value) ReadProgress(Utf8JsonReader reader)
    {
        long id = 0;
        double value = 0;
        Expect(reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            bool isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isId)
            {
                id = ReadNumber(ref reader);
            }
            else if (isValue)
            {
                Expect(reader, JsonTokenType.Number);
                value = reader.GetDouble();
            }
            else
            {
                reader.Skip();
            }
        }

        return (id, value);
    }

    public static HostError ReadError(Utf8JsonReader reader)
    {
        var error = new HostError();
        Expect(reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "code":
                    error.Code = ReadInt(ref reader);
                    break;
                case "message":
                    error.Message = ReadString(ref reader);
                    break;
                case "data" when reader.TokenType == JsonTokenType.StartObject:
                    ReadErrorData(ref reader, error);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return error;
    }

    private static void ReadErrorData(ref Utf8JsonReader reader, HostError error)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "reason" when reader.TokenType == JsonTokenType.String:
                    error.Reason = reader.GetString();
                    break;
                case "retryAfterMs" when reader.TokenType == JsonTokenType.Number:
                    error.RetryAfter = ReadDuration(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Expect(Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new FormatException(
                string.Format(CultureInfo.InvariantCulture, "A value is {0}; it must be {1}.", reader.TokenType, type));
        }
    }

    private static long ReadNumber(ref Utf8JsonReader reader)
    {
        Expect(reader, JsonTokenType.Number);
        return reader.TryGetInt64(out long number) ? number : throw new FormatException("A number must be a 64-bit integer.");
    }

    /// <summary>Reads a number, clamped to the range of <see cref="int"/>.</summary>
    private static int ReadInt(ref Utf8JsonReader reader) => (int)Math.Max(int.MinValue, Math.Min(ReadNumber(ref reader), int.MaxValue));

    private static TimeSpan ReadDuration(ref Utf8JsonReader reader)
    {
        // Clamp to one day (host-protocol.md, 1).
        long milliseconds = Math.Min(ReadNumber(ref reader), 86_400_000);
        return milliseconds >= 0 ? TimeSpan.FromTicks(milliseconds * TimeSpan.TicksPerMillisecond)
            : throw new FormatException("A duration must not be negative.");
    }

    private static bool ReadBoolean(ref Utf8JsonReader reader)
        => reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean()
            : throw new FormatException("A value must be a boolean.");

    private static string ReadString(ref Utf8JsonReader reader)
    {
        Expect(reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static List<string> ReadStrings(ref Utf8JsonReader reader)
    {
        var strings = new List<string>();
        Expect(reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(ReadString(ref reader));
        }

        return strings;
    }
}
