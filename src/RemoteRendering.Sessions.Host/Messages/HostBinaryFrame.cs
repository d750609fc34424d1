using RemoteRendering.Sessions.Host.Links;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>Reads and writes binary frames.</summary>
internal static class HostBinaryFrame
{
    /// <summary>Reads a request; false when the frame is none. Its payload is valid as long as the message.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> message, out InboundFrame frame)
    {
        frame = default;
        if (!HostFrameHead.TryRead(message.Span, out HostFrameHead head) || head.Kind == 0 || head.Id is 0 or > long.MaxValue)
        {
            return false;
        }

        frame = new InboundFrame(MethodNames.OfBinaryKind(head.Kind), (long)head.Id, message[HostFrameHead.Bytes..])
        {
            BinaryKind = head.Kind,
            Argument = head.Argument,
        };
        return true;
    }

    public static OutboundFrame Write(byte kind, uint argument, ulong id, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HostFrameHead.Bytes + payload.Length];
        HostFrameHead.Write(frame, kind, argument);
        HostFrameHead.WriteId(frame, id);
        payload.CopyTo(frame.AsSpan(HostFrameHead.Bytes));
        return new OutboundFrame(frame, HostMessageKind.Binary);
    }
}
