using System.Globalization;
using System.Text.Json;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Reads values of a JSON document of a peer: the right type, or an exception with the name of the member.</summary>
internal static class WireReader
{
    /// <summary>19 years: far above any lease, and far below the largest time span.</summary>
    private const int MaxMinutes = 10_000_000;

    /// <summary>Reads the value of a member.</summary>
    public delegate T ValueReader<out T>(ref Utf8JsonReader reader, string member);

    /// <summary>
    /// Returns whether an exception means a broken JSON document. The reader reports text with invalid Unicode as an invalid operation.
    /// </summary>
    public static bool IsBroken(Exception exception) => exception is JsonException or InvalidOperationException;

    public static Utf8JsonReader Start(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (json.IsEmpty || !reader.Read())
        {
            throw new JsonException("The body is empty.");
        }

        return reader;
    }

    public static void End(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new JsonException("The body has content after its end.");
        }
    }

    public static void Expect(in Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{what} is {Name(reader.TokenType)}; it must be {Name(type)}.");
        }
    }

    public static string? ReadString(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return Text(ref reader, member);
    }

    /// <summary>Returns the text of the present value of the reader.</summary>
    public static string? Text(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader, JsonTokenType.String, member);
        return reader.GetString();
    }

    /// <summary>Reads an optional member. An invalid value is kept as raw JSON, like an unknown member, and counts as absent.</summary>
    /// <param name="reader">The reader, on the name of the member.</param>
    /// <param name="json">The whole document.</param>
    /// <param name="member">The name of the member.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="kept">The members that are kept as raw JSON.</param>
    public static T? ReadOptional<T>(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string member, ValueReader<T?> read, ref Dictionary<string, BinaryData>? kept)
    {
        Utf8JsonReader start = reader;
        try
        {
            return read(ref reader, member);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            reader = start;
            Keep(ref reader, json, ref kept);
            return default;
        }
    }

    /// <summary>Reads whole minutes, rounded down.</summary>
    public static int? ReadMinutes(ref Utf8JsonReader reader, string member) => ReadNumber(ref reader, member, MaxMinutes);

    /// <summary>Reads a port; zero and null mean that there is none yet.</summary>
    public static int? ReadPort(ref Utf8JsonReader reader, string member)
        => ReadNumber(ref reader, member, 65535) is > 0 and var port ? port : null;

    /// <summary>Reads a computing power; zero and null mean that it is unknown.</summary>
    public static float? ReadTeraflops(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader, JsonTokenType.Number, member);
        return reader.TryGetSingle(out float value) && value >= 0 && !float.IsInfinity(value)
            ? (value > 0 ? value : null)
            : throw new JsonException($"{member} is out of range.");
    }

    /// <summary>Reads a date and time, also with a space in place of the T.</summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader, JsonTokenType.String, member);
        if (reader.TryGetDateTimeOffset(out DateTimeOffset value))
        {
            return value;
        }

        string text = reader.GetString()!.Trim();
#pragma warning disable RS0030 // A moment in a body, not a date in a header; this method does not throw.
        return text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)
            ? value
            : throw new JsonException($"{member} is not a date and time.");
#pragma warning restore RS0030
    }

    /// <summary>Keeps an unknown member as raw JSON.</summary>
    public static void Keep(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref Dictionary<string, BinaryData>? kept)
    {
        string name = reader.GetString() ?? string.Empty;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        kept ??= [];
        kept[name] = BinaryData.FromBytes(json.Slice(start, (int)reader.BytesConsumed - start).ToArray());
    }

    /// <summary>Reads a non-negative number, rounded down, or its digits as a string.</summary>
    private static int? ReadNumber(ref Utf8JsonReader reader, string member, int max)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int whole) && whole >= 0 && whole <= max)
        {
            return whole;
        }

        double value = -1;
        bool isNumber = reader.TokenType == JsonTokenType.String
            ? double.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            : reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out value);
        return isNumber && value >= 0 && value < max + 1.0
            ? (int)value
            : throw new JsonException($"{member} is not a number from 0 to {max}.");
    }

    private static string Name(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "something else",
    };
}
