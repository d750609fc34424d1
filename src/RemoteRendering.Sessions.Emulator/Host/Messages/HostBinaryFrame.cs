using System.Buffers.Binary;
using RemoteRendering.Sessions.Emulator.Host.Links;

namespace RemoteRendering.Sessions.Emulator.Host.Messages;

/// <summary>The binary frames of the protocol: a head of 16 bytes, then a payload.</summary>
internal static class HostBinaryFrame
{
    public const int HeadBytes = 16;

    public const byte Batch = 1;
    public const byte Chunk = 2;
    public const byte Answer = 16;
    public const byte Preview = 17;

    /// <summary>Reads a request; false when the frame is none. Its payload is good as long as the message.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> message, out HostFrame frame)
    {
        frame = default;
        ReadOnlySpan<byte> head = message.Span;
        if (head.Length < HeadBytes || head[1] != 0 || head[2] != 0 || head[3] != 0)
        {
            return false;
        }

        string? method = head[0] switch { Batch => HostMethods.Batch, Chunk => HostMethods.Chunk, _ => null };
        ulong id = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
        if (method is null || id is 0 or > long.MaxValue)
        {
            return false;
        }

        frame = new HostFrame(method, (long)id, message[HeadBytes..])
        {
            BinaryKind = head[0],
            Argument = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]),
        };
        return true;
    }

    public static OutboundFrame Write(byte kind, uint argument, ulong id, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeadBytes + payload.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), argument);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(8), id);
        payload.CopyTo(frame.AsSpan(HeadBytes));
        return new OutboundFrame(frame, HostMessageKind.Binary);
    }
}
