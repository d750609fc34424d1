using System.Buffers;
using System.Threading.Channels;

namespace RemoteRendering.Sessions.Tests.Transports.Samples;

// snippet: channel-link
public sealed class ChannelLink : RenderingTransportLink
{
    private readonly ChannelReader<ChannelMessage> _incoming;
    private readonly ChannelWriter<ChannelMessage> _outgoing;
    private readonly int _maxMessageBytes;
    private readonly CancellationTokenSource _cut = new();
    private ChannelMessage? _close;

    public ChannelLink(ChannelReader<ChannelMessage> incoming, ChannelWriter<ChannelMessage> outgoing, int maxMessageBytes)
    {
        _incoming = incoming;
        _outgoing = outgoing;
        _maxMessageBytes = maxMessageBytes;
    }

    public override int? CloseCode => _close?.CloseCode;

    public override string? CloseReason => _close?.CloseReason;

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
    {
        // The memory belongs to the caller again when this completes, so the message is copied.
        return _outgoing.TryWrite(new ChannelMessage(kind, message.ToArray()))
            ? default
            : throw new IOException("The host has gone.");
    }

    public override async ValueTask<RenderingMessageKind> ReceiveAsync(
        IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A host that completes its channel without a close has dropped the link: the exception of the reader says so.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, cancellationToken);
        ChannelMessage message = await _incoming.ReadAsync(either.Token).ConfigureAwait(false);
        if (message.Kind == RenderingMessageKind.Close)
        {
            _close = message;
            return RenderingMessageKind.Close;
        }

        if (message.Bytes.Length > _maxMessageBytes)
        {
            throw new RenderingConnectionException(
                RenderingConnectionReason.MessageTooLarge, $"A message has {message.Bytes.Length} bytes.");
        }

        buffer.Write(message.Bytes);
        return message.Kind;
    }

    public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
    {
        _outgoing.TryWrite(new ChannelMessage(RenderingMessageKind.Close, Array.Empty<byte>(), code, reason));
        _outgoing.TryComplete();
        return default;
    }

    public override void Abort()
    {
        _cut.Cancel();
        _outgoing.TryComplete();
    }
}
// end snippet
