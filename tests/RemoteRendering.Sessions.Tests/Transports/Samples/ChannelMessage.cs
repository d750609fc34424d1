namespace RemoteRendering.Sessions.Tests.Transports.Samples;

// snippet: channel-message
public sealed class ChannelMessage
{
    public ChannelMessage(RenderingMessageKind kind, byte[] bytes, int? closeCode = null, string? closeReason = null)
    {
        Kind = kind;
        Bytes = bytes;
        CloseCode = closeCode;
        CloseReason = closeReason;
    }

    public RenderingMessageKind Kind { get; }

    public byte[] Bytes { get; }

    public int? CloseCode { get; }

    public string? CloseReason { get; }
}
// end snippet
