using System.Buffers.Binary;

namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The head of a binary frame: kind, three zeros, argument, id. Numbers are little-endian.</summary>
internal readonly struct HostFrameHead
{
    public const int Bytes = 16;

    private const int ArgumentOffset = 4;
    private const int IdOffset = 8;

    private HostFrameHead(byte kind, uint argument, ulong id)
    {
        Kind = kind;
        Argument = argument;
        Id = id;
    }

    public byte Kind { get; }

    public uint Argument { get; }

    public ulong Id { get; }

    /// <summary>Reads a head; false when the message is shorter, or not zero where zero belongs.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out HostFrameHead head)
    {
        head = default;
        if (message.Length < Bytes || message[1] != 0 || message[2] != 0 || message[3] != 0)
        {
            return false;
        }

        head = new HostFrameHead(
            message[0],
            BinaryPrimitives.ReadUInt32LittleEndian(message.Slice(ArgumentOffset)),
            BinaryPrimitives.ReadUInt64LittleEndian(message.Slice(IdOffset)));
        return true;
    }

    /// <summary>Writes a head without its id, which is 0 then.</summary>
    public static void Write(Span<byte> message, byte kind, uint argument)
    {
        message.Slice(0, Bytes).Clear();
        message[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(message.Slice(ArgumentOffset), argument);
    }

    public static void WriteId(Span<byte> message, ulong id) => BinaryPrimitives.WriteUInt64LittleEndian(message.Slice(IdOffset), id);
}
