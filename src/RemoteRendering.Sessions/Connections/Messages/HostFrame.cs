using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents a binary message of the host: a header of 16 bytes, followed by the payload.</summary>
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

    /// <summary>Parses a message from the host.</summary>
    /// <exception cref="FormatException">It is not a valid message of a host.</exception>
    public static HostFrame Parse(ReadOnlySpan<byte> message)
    {
        if (message.Length < HostFrameHead.Bytes)
        {
            throw new FormatException($"The binary frame has {message.Length} bytes; it must have at least {HostFrameHead.Bytes}.");
        }

        if (message[0] is not (HostFrameKind.Answer or HostFrameKind.Preview))
        {
            throw new FormatException($"Unexpected binary frame type {message[0]}.");
        }

        return HostFrameHead.TryRead(message, out HostFrameHead head) && head.Id is > 0 and <= long.MaxValue
            && (head.Kind == HostFrameKind.Preview || head.Argument == 0)
            ? new HostFrame(head, message.Slice(HostFrameHead.Bytes))
            : throw new FormatException("The binary frame has an invalid header.");
    }
}
