using System.Buffers.Binary;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>A binary message: a head of 16 bytes, then the payload.</summary>
internal readonly ref struct HostFrame
{
    public const int HeadBytes = 16;

    /// <summary>Request: scene writes.</summary>
    public const byte Batch = 1;

    /// <summary>Request: bytes of an upload.</summary>
    public const byte Chunk = 2;

    /// <summary>Answer that is bytes.</summary>
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

    /// <summary>Takes a message from the host apart.</summary>
    /// <exception cref="FormatException">It is none that a host sends.</exception>
    public static HostFrame Parse(ReadOnlySpan<byte> message)
    {
        if (message.Length < HeadBytes || message[0] is not (Answer or Picture) || message[1] != 0 || message[2] != 0 || message[3] != 0)
        {
            throw new FormatException("The binary message is none of those that a host sends.");
        }

        uint argument = BinaryPrimitives.ReadUInt32LittleEndian(message.Slice(ArgumentOffset));
        long id = BinaryPrimitives.ReadInt64LittleEndian(message.Slice(IdOffset));
        return id > 0 && (message[0] == Picture || argument == 0)
            ? new HostFrame(message[0], argument, id, message.Slice(HeadBytes))
            : throw new FormatException("The binary message has a head that makes no sense.");
    }

    /// <summary>Writes the head of a request, but for its id.</summary>
    public static void WriteHead(Span<byte> message, byte kind, uint argument)
    {
        message.Slice(0, HeadBytes).Clear();
        message[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(message.Slice(ArgumentOffset), argument);
    }

    public static void WriteId(Span<byte> message, long id) => BinaryPrimitives.WriteInt64LittleEndian(message.Slice(IdOffset), id);
}
