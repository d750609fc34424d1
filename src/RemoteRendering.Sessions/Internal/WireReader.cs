using System.Globalization;
using System.Text.Json;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Reads values of a JSON document that somebody else wrote: the right type, or an error that names the member.</summary>
internal static class WireReader
{
    /// <summary>19 years: far above any lease, and far below what a time span can hold.</summary>
    private const int MaxMinutes = 10_000_000;

    /// <summary>Reads the value of a member.</summary>
    public delegate T ValueReader<out T>(ref Utf8JsonReader reader, string member);

    /// <summary>Whether a JSON document was broken. The reader reports text that is no Unicode as an invalid operation.</summary>
    public static bool IsBroken(Exception exception) => exception is JsonException or InvalidOperationException;

    public static Utf8JsonReader Start(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read())
        {
            throw new JsonException("The body is empty.");
        }

        return reader;
    }

    public static void End(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new JsonException("There is something after the end.");
        }
    }

    public static void Expect(in Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{what} is {Name(reader.TokenType)} where {Name(type)} belongs.");
        }
    }

    public static string? ReadString(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return Text(ref reader, member);
    }

    /// <summary>The text of the value the reader stands on.</summary>
    public static string? Text(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader, JsonTokenType.String, member);
        return reader.GetString();
    }

    /// <summary>Reads a member that a document is useful without. An odd value is kept as raw JSON, like a member that is not known, and counts as absent.</summary>
    /// <param name="reader">The reader, on the name of the member.</param>
    /// <param name="json">The whole document.</param>
    /// <param name="member">The name of the member.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="kept">What is kept as raw JSON.</param>
    public static T? ReadOptional<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string member, ValueReader<T?> read, ref Dictionary<string, BinaryData>? kept)
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

    /// <summary>Reads whole minutes, rounded down: a part of a minute says less than a whole one.</summary>
    public static int? ReadMinutes(ref Utf8JsonReader reader, string member) => ReadNumber(ref reader, member, MaxMinutes);

    /// <summary>Reads a port; zero, like null, means that there is none yet.</summary>
    public static int? ReadPort(ref Utf8JsonReader reader, string member) => ReadNumber(ref reader, member, 65535) is > 0 and var port ? port : null;

    /// <summary>Reads a computing power; zero, like null, means that it is not known yet.</summary>
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

    /// <summary>Reads a date and time, also one with a blank in place of the T.</summary>
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

    /// <summary>Keeps a member that this version does not know, as raw JSON.</summary>
    public static void Keep(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref Dictionary<string, BinaryData>? kept)
    {
        string name = reader.GetString() ?? string.Empty;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        kept ??= [];
        kept[name] = BinaryData.FromBytes(json.Slice(start, (int)reader.BytesConsumed - start).ToArray());
    }

    /// <summary>Reads a number from 0 on, rounded down, or its digits as text.</summary>
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
        return isNumber && value >= 0 && value < max + 1.0 ? (int)value : throw new JsonException($"{member} is not a number from 0 to {max}.");
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
