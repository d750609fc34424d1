using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>One JSON-RPC message from the host, taken apart without copying. The readers stand on the first token of their value.</summary>
internal ref struct HostMessage
{
    private bool _isVersion2;

    /// <summary>Gets the id, -1 without one.</summary>
    public long Id { get; private set; }

    public HostMessageMethod Method { get; private set; }

    public bool HasParameters { get; private set; }

    public bool HasResult { get; private set; }

    public bool HasError { get; private set; }

    public Utf8JsonReader Parameters { get; private set; }

    public Utf8JsonReader Result { get; private set; }

    public Utf8JsonReader Error { get; private set; }

    /// <summary>Gets a value indicating whether this is one of the messages that JSON-RPC knows.</summary>
    private readonly bool IsWellFormed
        => _isVersion2 && (Method != HostMessageMethod.None || (HasResult != HasError && (HasError || Id >= 0)));

    /// <summary>Takes a message apart.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is JSON, and no message.</exception>
    public static HostMessage Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var message = new HostMessage { Id = -1 };
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("The message is not an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            message.ReadMember(ref reader);
        }

        // Whatever follows the object is a syntax error, and this call finds it.
        reader.Read();
        return message.IsWellFormed ? message : throw new FormatException("The message is neither a notification nor an answer of JSON-RPC 2.0.");
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
        _ => throw new FormatException("The id is not a whole number of at least zero."),
    };

    private static HostMessageMethod ReadMethod(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new FormatException("The method is not a string.");
        }

        return reader.ValueTextEquals(HostMethods.KeepAlive) ? HostMessageMethod.KeepAlive
            : reader.ValueTextEquals(HostMethods.Progress) ? HostMessageMethod.Progress
            : reader.ValueTextEquals(HostMethods.Goodbye) ? HostMessageMethod.Goodbye
            : HostMessageMethod.Unknown;
    }
}
