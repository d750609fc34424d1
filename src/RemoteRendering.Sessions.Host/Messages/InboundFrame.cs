using System.Text.Json;
using System.Text.Unicode;

namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>A request or notification from a client. Unknown members are ignored.</summary>
/// <param name="Method">What is asked.</param>
/// <param name="Id">The request's id; null for a notification.</param>
/// <param name="Parameters">
/// The raw JSON of <c>params</c>, empty when there is none, or the payload of a binary frame; valid as long as the message.
/// </param>
internal readonly record struct InboundFrame(string Method, long? Id, ReadOnlyMemory<byte> Parameters)
{
    /// <summary>Gets the kind of a binary frame; 0 for a text.</summary>
    public byte BinaryKind { get; init; }

    /// <summary>Gets the argument of a binary frame.</summary>
    public uint Argument { get; init; }

    /// <summary>Reads a text message; false when it is not a JSON-RPC 2.0 request or notification.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> text, out InboundFrame frame)
    {
        frame = default;
        if (!Utf8.IsValid(text.Span))
        {
            return false;
        }

        try
        {
            return TryParseObject(text, out frame);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A member of the wrong type, or a string with half a surrogate pair.
            return false;
        }
    }

    private static bool TryParseObject(ReadOnlyMemory<byte> text, out InboundFrame frame)
    {
        frame = default;
        string? method = null;
        long? id = null;
        ReadOnlyMemory<byte> parameters = default;
        bool isVersion2 = false;

        var reader = new Utf8JsonReader(text.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("jsonrpc"u8))
            {
                reader.Read();
                isVersion2 = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                method = MethodNames.Read(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                if (!reader.TryGetInt64(out long value) || value < 0)
                {
                    return false;
                }

                id = value;
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                parameters = text[start..(int)reader.BytesConsumed];
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // One object and nothing behind it: another Read at the end finds no token, or throws.
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read() || !isVersion2 || method is null)
        {
            return false;
        }

        frame = new InboundFrame(method, id, parameters);
        return true;
    }
}
