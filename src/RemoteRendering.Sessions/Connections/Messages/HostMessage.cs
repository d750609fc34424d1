using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>
/// Represents one JSON-RPC message from the host, parsed without copying. The readers are positioned on the first token of their value.
/// </summary>
internal ref struct HostMessage
{
    private bool _isVersion2;

    /// <summary>Gets the id; -1 when there is none.</summary>
    public long Id { get; private set; }

    public HostMessageMethod Method { get; private set; }

    public bool HasParameters { get; private set; }

    public bool HasResult { get; private set; }

    public bool HasError { get; private set; }

    public Utf8JsonReader Parameters { get; private set; }

    public Utf8JsonReader Result { get; private set; }

    public Utf8JsonReader Error { get; private set; }

    /// <summary>Gets a value indicating whether this is a valid JSON-RPC message.</summary>
    private readonly bool IsWellFormed
        => _isVersion2 && (Method != HostMessageMethod.None || (HasResult != HasError && (HasError || Id >= 0)));

    /// <summary>Parses a message.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is JSON, but not a message.</exception>
    public static HostMessage Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var message = new HostMessage { Id = -1 };
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("The message must be an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            message.ReadMember(ref reader);
        }

        // Content after the object is a syntax error, which this call detects.
        reader.Read();
        return message.IsWellFormed ? message
            : throw new FormatException("The message must be a notification or an answer of JSON-RPC 2.0.");
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            Id = ReadId(ref reader);
        }
        else if (reader.ValueTextEquals("result"u8))
        {
            reader.Read();
            Result = reader;
            HasResult = true;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("jsonrpc"u8))
        {
            reader.Read();
            _isVersion2 = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            Error = reader;
            HasError = true;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("method"u8))
        {
            reader.Read();
            Method = ReadMethod(ref reader);
        }
        else if (reader.ValueTextEquals("params"u8))
        {
            reader.Read();
            Parameters = reader;
            HasParameters = true;
            reader.Skip();
        }
        else
        {
            reader.Skip();
        }
    }

    private static long ReadId(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => -1,
        JsonTokenType.Number when reader.TryGetInt64(out long id) && id >= 0 => id,
        _ => throw new FormatException("The id must be an integer of at least zero."),
    };

    private static HostMessageMethod ReadMethod(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new FormatException("The method must be a string.");
        }

        return reader.ValueTextEquals(HostMethods.KeepAlive) ? HostMessageMethod.KeepAlive
            : reader.ValueTextEquals(HostMethods.Progress) ? HostMessageMethod.Progress
            : reader.ValueTextEquals(HostMethods.Goodbye) ? HostMessageMethod.Goodbye
            : HostMessageMethod.Unknown;
    }
}
