using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>A binary message from the host.</summary>
internal readonly ref struct HostFrame
{
    private HostFrame(HostFrameHead head, ReadOnlySpan<byte> payload)
    {
        Kind = head.Kind;
        Argument = head.Argument;
        Id = (long)head.Id;
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
        if (!HostFrameHead.TryRead(message, out HostFrameHead head) || head.Kind is not (HostFrameKind.Answer or HostFrameKind.Preview))
        {
            throw new FormatException("The binary message is none of those that a host sends.");
        }

        return head.Id is > 0 and <= long.MaxValue && (head.Kind == HostFrameKind.Preview || head.Argument == 0)
            ? new HostFrame(head, message.Slice(HostFrameHead.Bytes))
            : throw new FormatException("The binary message has a head that makes no sense.");
    }
}
