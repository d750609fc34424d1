using System.Buffers.Binary;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents a binary message: a header of 16 bytes, followed by the payload.</summary>
internal readonly ref struct HostFrame
{
    public const int HeadBytes = 16;

    /// <summary>Request: scene writes.</summary>
    public const byte Batch = 1;

    /// <summary>Request: a chunk of an upload.</summary>
    public const byte Chunk = 2;

    /// <summary>Answer: bytes.</summary>
    public const byte Answer = 16;

    /// <summary>Notification: a picture of a preview.</summary>
    public const byte Picture = 17;

    private const int ArgumentOffset = 4;
    private const int IdOffset = 8;

    private HostFrame(byte kind, uint argument, long id, ReadOnlySpan<byte> payload)
    {
        Kind = kind;
        Argument = argument;
        Id = id;
        Payload = payload;
    }

    public byte Kind { get; }

    public uint Argument { get; }

    public long Id { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Parses a message from the host.</summary>
    /// <exception cref="FormatException">It is not a valid message of a host.</exception>
    public static HostFrame Parse(ReadOnlySpan<byte> message)
    {
        if (message.Length < HeadBytes)
        {
            throw new FormatException($"The binary frame has {message.Length} bytes; it must have at least {HeadBytes}.");
        }

        if (message[0] is not (Answer or Picture))
        {
            throw new FormatException($"Unexpected binary frame type {message[0]}.");
        }

        uint argument = BinaryPrimitives.ReadUInt32LittleEndian(message.Slice(ArgumentOffset));
        long id = BinaryPrimitives.ReadInt64LittleEndian(message.Slice(IdOffset));
        bool isReservedZero = message[1] == 0 && message[2] == 0 && message[3] == 0;
        return isReservedZero && id > 0 && (message[0] == Picture || argument == 0)
            ? new HostFrame(message[0], argument, id, message.Slice(HeadBytes))
            : throw new FormatException("The binary frame has an invalid header.");
    }

    /// <summary>Writes the header of a request, except for its id.</summary>
    public static void WriteHead(Span<byte> message, byte kind, uint argument)
    {
        message.Slice(0, HeadBytes).Clear();
        message[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(message.Slice(ArgumentOffset), argument);
    }

    public static void WriteId(Span<byte> message, long id) => BinaryPrimitives.WriteInt64LittleEndian(message.Slice(IdOffset), id);
}
